package org.pollux.samples.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Handle;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;

/** The rows about time and signals. */
@ParameterizedClass
@EnumSource
class TimerRowsTest extends RowsTest {

    TimerRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    @Test
    void setInterval() {
        reactor.every(Duration.ofMillis(5), interval -> {
            log.add("tick");
            if (log.size() == 3) {
                interval.close();
            }
        });
        reactor.run();
        assertEquals(List.of("tick", "tick", "tick"), log);
    }

    @Test
    void anIntervalNeitherDriftsNorCatchesUp() throws IOException {
        ManualClock clock = new ManualClock();
        try (EventLoop loop = new EventLoop(backend.make(), clock)) {
            loop.every(Duration.ofSeconds(10), note("tick"));
            for (int seconds : new int[] {10, 35, 4, 1, 9, 1}) { // ticks at 10, 45 (for 20 to 40), 50 and 60
                clock.advance(Duration.ofSeconds(seconds));
                loop.turn(Duration.ZERO);
                log.add(seconds + " s later");
            }
        }
        assertEquals(
                List.of(
                        "tick",
                        "10 s later",
                        "tick",
                        "35 s later",
                        "4 s later",
                        "tick",
                        "1 s later",
                        "9 s later",
                        "tick",
                        "1 s later"),
                log);
    }

    @Test
    void clearInterval() {
        Handle interval = reactor.every(Duration.ofSeconds(1), note("never"));
        interval.close();
        reactor.run();
        assertEquals(List.of(), log);
    }

    @Test
    void setTimer() throws IOException {
        ManualClock clock = new ManualClock();
        try (EventLoop loop = new EventLoop(backend.make(), clock)) {
            Handle timer = loop.after(Duration.ofSeconds(1), note("once"));
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofSeconds(1));
                loop.turn(Duration.ZERO);
            }
            assertEquals(List.of("once"), log);
            assertTrue(timer.isClosed());
        }
    }

    @Test
    void signals() throws Exception {
        reactor.onSignal("USR1", signal -> {
            log.add("signal");
            signal.close();
        });
        String self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-USR1", self).inheritIO().start();
        reactor.run();
        assertEquals(List.of("signal"), log);
    }
}
