package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptReportTest {

    private long now;
    private int made;
    private final KeptReport report = new KeptReport(() -> List.of("report " + ++made), () -> now);

    private List<String> after(Duration pause) {
        now += pause.toNanos();
        return report.get();
    }

    private void becomeQuiet() {
        now += KeptReport.UNREST.toNanos() + 1;
    }

    @Test
    void aQuietFrameworkIsAskedEachFiveSeconds() {
        becomeQuiet();
        assertEquals(List.of("report 1"), report.get());
        assertEquals(List.of("report 1"), after(Duration.ofMillis(4_999)));
        assertEquals(List.of("report 2"), after(Duration.ofMillis(1)));
    }

    @Test
    void afterAnEventEachReportIsMadeUntilTheFrameworkIsQuietAgain() {
        becomeQuiet();
        assertEquals(List.of("report 1"), report.get());
        report.onEvent();
        assertEquals(List.of("report 2"), report.get());
        assertEquals(List.of("report 3"), after(KeptReport.UNREST));
        assertEquals(List.of("report 3"), after(Duration.ofMillis(1)));
    }

    @Test
    void theStartIsNotQuiet() {
        assertEquals(List.of("report 1"), report.get());
        assertEquals(List.of("report 2"), report.get());
    }
}
