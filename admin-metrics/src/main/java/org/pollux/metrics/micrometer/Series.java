package org.pollux.metrics.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pollux.metrics.families.Family;

/**
 * One meter: a family and the labels of one of its samples. Micrometer's names have dots, and neither the unit nor {@code _total}.
 *
 * @param name with dots
 * @param unit "seconds", "bytes", or empty
 */
record Series(Family.Type type, String name, String unit, String help, Map<String, String> labels) {

    private static final List<String> UNITS = List.of("seconds", "bytes");

    static Series of(Family family, Family.Sample sample) {
        String name = family.type() == Family.Type.COUNTER ? without("_total", family.name()) : family.name();
        String unit = UNITS.stream()
                .filter(one -> name.endsWith("_" + one))
                .findFirst()
                .orElse("");
        String dotted = without("_" + unit, name).replace('_', '.');
        return new Series(family.type(), dotted, unit, family.help(), sample.labels());
    }

    private static String without(String suffix, String name) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /**
     * Adds the meter. A registry keeps only a weak reference to the object that a meter reads, so that object is this series, which the
     * functions hold.
     */
    Meter register(Binding binding, MeterRegistry registry) {
        Tags tags = Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
        return switch (type) {
            case COUNTER ->
                FunctionCounter.builder(name, this, _ -> value(binding))
                        .baseUnit(unit.isEmpty() ? null : unit)
                        .description(help)
                        .tags(tags)
                        .register(registry);
            case GAUGE -> unit.equals("seconds") ? duration(tags, binding, registry) : gauge(tags, binding, registry);
            case HISTOGRAM ->
                FunctionTimer.builder(name, this, _ -> count(binding), _ -> nanos(binding), TimeUnit.NANOSECONDS)
                        .description(help)
                        .tags(tags)
                        .register(registry);
        };
    }

    private Meter duration(Tags tags, Binding binding, MeterRegistry registry) {
        return TimeGauge.builder(name, this, TimeUnit.SECONDS, _ -> value(binding))
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private Meter gauge(Tags tags, Binding binding, MeterRegistry registry) {
        return Gauge.builder(name, this, _ -> value(binding))
                .baseUnit(unit.isEmpty() ? null : unit)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private double value(Binding binding) {
        Family.Sample sample = binding.sample(this);
        return sample == null ? Double.NaN : sample.value();
    }

    private long count(Binding binding) {
        Family.Sample sample = binding.sample(this);
        return sample == null ? 0 : sample.times().count();
    }

    private double nanos(Binding binding) {
        Family.Sample sample = binding.sample(this);
        return sample == null ? 0 : sample.times().total().toNanos();
    }
}
