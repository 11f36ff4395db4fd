package org.pollux.metrics.families;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pollux.reactor.admin.Distribution;

/**
 * The text of metrics, in the format of Prometheus (text, version 0.0.4) or of OpenMetrics 1.0. They differ in the name of a counter's family and in
 * the end.
 */
public final class Exposition {

    /** The media type of the format of Prometheus. */
    public static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** The media type of OpenMetrics. */
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String TOTAL = "_total";

    /** Of the limits of a distribution, three in each power of ten are enough for a graph. */
    private static final List<Duration> LIMITS =
            Distribution.limits().stream().filter(Exposition::isShown).toList();

    private final StringBuilder text = new StringBuilder(16_384);
    private final boolean open;

    private Exposition(boolean open) {
        this.open = open;
    }

    private static boolean isShown(Duration limit) {
        long digits = limit.toNanos();
        while (digits % 10 == 0) {
            digits /= 10;
        }
        return digits == 1 || digits == 2 || digits == 5;
    }

    /**
     * Writes all families; one without a sample is left out.
     *
     * @param open whether the client accepts OpenMetrics
     */
    public static String of(List<Family> families, boolean open) {
        Exposition made = new Exposition(open);
        families.stream().filter(family -> !family.samples().isEmpty()).forEach(made::write);
        return made.text.append(open ? "# EOF\n" : "").toString();
    }

    private void write(Family family) {
        String name =
                open && family.type() == Family.Type.COUNTER && family.name().endsWith(TOTAL)
                        ? family.name().substring(0, family.name().length() - TOTAL.length())
                        : family.name();
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(family.help(), open))
                .append('\n');
        text.append("# TYPE ")
                .append(name)
                .append(' ')
                .append(family.type().name().toLowerCase(Locale.ROOT))
                .append('\n');
        family.samples().forEach(sample -> write(family, sample));
    }

    private void write(Family family, Family.Sample sample) {
        if (family.type() != Family.Type.HISTOGRAM) {
            line(family.name(), sample.labels(), "", number(sample.value()));
            return;
        }
        Distribution times = sample.times();
        for (Duration limit : LIMITS) {
            String upTo = number(Family.seconds(limit));
            line(family.name() + "_bucket", sample.labels(), upTo, Long.toString(times.countUpTo(limit)));
        }
        String count = Long.toString(times.count());
        line(family.name() + "_bucket", sample.labels(), "+Inf", count);
        line(family.name() + "_sum", sample.labels(), "", number(Family.seconds(times.total())));
        line(family.name() + "_count", sample.labels(), "", count);
    }

    private void line(String name, Map<String, String> labels, String limit, String value) {
        text.append(name);
        char before = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(before)
                    .append(label.getKey())
                    .append("=\"")
                    .append(escaped(label.getValue(), true))
                    .append('"');
            before = ',';
        }
        if (!limit.isEmpty()) {
            text.append(before).append("le=\"").append(limit).append('"');
            before = ',';
        }
        text.append(before == '{' ? " " : "} ").append(value).append('\n');
    }

    private static String escaped(String value, boolean quotes) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }
}
