package org.pollux.metrics.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A status as text, read by a strict parser. */
final class ServerFamiliesTest {

    private static final List<Family> FAMILIES = ServerFamilies.of(SampleStatus.STATUS);

    private static Map<String, Double> parsed(boolean open) {
        return StrictParser.parse(Exposition.of(FAMILIES, open), open);
    }

    @Test
    void bothFormatsAreWellFormedAndHaveTheSameSeries() {
        assertEquals(parsed(false), parsed(true));
    }

    @Test
    void numbersOfLoopsEndpointsAndRequestsAreThere() {
        Map<String, Double> values = parsed(false);
        assertEquals(0.25, values.get("pollux_loop_busy_seconds_total{loop=\"pollux-loop-0\"}"));
        assertEquals(
                3,
                values.get(
                        "pollux_endpoint_closed_total{endpoint=\"tcp://127.0.0.1:8080\",protocol=\"acme\",cause=\"client\"}"));
        assertEquals(
                7,
                values.get("pollux_http_requests_total{server=\"pollux.http\",route=\"/users/{id}\",class=\"2xx\"}"));
        assertEquals(
                1,
                values.get(
                        "pollux_http_request_seconds_bucket{server=\"pollux.http\",route=\"/users/{id}\",le=\"0.002\"}"));
        assertEquals(1, values.get("pollux_state{state=\"running\"}"));
        assertEquals(0, values.get("pollux_state{state=\"starting\"}"));
        assertEquals(2, values.get("pollux_faults{}"), "one of the server and one of an endpoint");
    }

    @Test
    void whatHasTheSameLabelsIsOneSeries() {
        String text =
                Exposition.of(List.of(Family.gauge("g", "h").with(1, "l", "a").with(2, "l", "a")), false);
        assertEquals(Map.of("g{l=\"a\"}", 3.0), StrictParser.parse(text, false));
    }

    @Test
    void aValueWithQuotesBackslashesAndLinesIsEscaped() {
        String text = Exposition.of(List.of(Family.gauge("g", "a \\ b\nc").with(1, "l", "\"\\\n")), false);
        assertEquals("# HELP g a \\\\ b\\nc\n# TYPE g gauge\ng{l=\"\\\"\\\\\\n\"} 1\n", text);
        StrictParser.parse(text, false);
    }

    @Test
    void numbersHaveNoFractionThatTheyDoNotNeed() {
        String text = Exposition.of(
                List.of(Family.gauge("g", "h")
                        .with(1e12, "n", "1")
                        .with(0.5, "n", "2")
                        .with(Double.POSITIVE_INFINITY, "n", "3")),
                false);
        assertTrue(text.contains("g{n=\"1\"} 1000000000000\n"), text);
        assertTrue(text.contains("g{n=\"2\"} 0.5\n"), text);
        assertTrue(text.contains("g{n=\"3\"} +Inf\n"), text);
    }

    @Test
    void aHistogramHasThreeLimitsInEachPowerOfTen() {
        Family family = Family.histogram("h_seconds", "h").with(SampleStatus.twoTimes(Duration.ofMillis(3)));
        List<String> lines = Exposition.of(List.of(family), false)
                .lines()
                .filter(line -> line.startsWith("h_seconds_bucket"))
                .toList();
        assertEquals(20, lines.size());
        assertEquals("h_seconds_bucket{le=\"1.0E-5\"} 0", lines.getFirst());
        assertEquals("h_seconds_bucket{le=\"10\"} 2", lines.get(18));
        assertEquals("h_seconds_bucket{le=\"+Inf\"} 2", lines.getLast());
    }

    @Test
    void theVirtualMachinesNumbersAreWellFormed() {
        Map<String, Double> values = StrictParser.parse(Exposition.of(JvmFamilies.read(), true), true);
        assertTrue(values.get("process_cpu_seconds_total{}") > 0);
        assertTrue(values.get("jvm_memory_used_bytes{area=\"heap\"}") > 0);
    }

    /** A graph of a metric that does not exist would be empty, and nobody would know why. */
    @Test
    void grafanasDashboardAsksForMetricsThatAreThere() throws IOException {
        String dashboard = Files.readString(Path.of("src/main/grafana/pollux.json"));
        Set<String> known = Stream.of(FAMILIES, JvmFamilies.read())
                .flatMap(Collection::stream)
                .map(Family::name)
                .collect(Collectors.toSet());
        Matcher names = Pattern.compile("\\b(pollux|jvm|process)_[a-z_]+").matcher(dashboard);
        Set<String> asked = new TreeSet<>();
        while (names.find()) {
            asked.add(names.group().replaceFirst("_(bucket|sum|count)$", ""));
        }
        assertFalse(asked.isEmpty());
        asked.removeAll(known);
        assertEquals(Set.of(), asked);
    }

    @Test
    void thePageOfOperatingNamesEachMetric() throws IOException {
        String page = Files.readString(Path.of("../docs/operating.md"));
        List<String> missing = FAMILIES.stream()
                .map(family -> family.name().replaceFirst("^pollux_", ""))
                .filter(name -> !page.contains("`" + name + "`"))
                .toList();
        assertEquals(List.of(), missing);
    }
}
