package org.pollux.reactor.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.ManualClock;

/** How a loop divides its time. */
final class WorkTimeTest {

    private final ManualClock clock = new ManualClock();
    private final WorkTime time = new WorkTime(clock);

    @Test
    void aWaitIsNoWork() {
        time.rest();
        clock.advance(Duration.ofSeconds(1));
        assertEquals(0, time.busy());
        assertEquals(0, time.presentTurn());
    }

    @Test
    void theFirstCallbackBeginsTheWorkOfATurnAndThePollEndsIt() {
        time.rest();
        clock.advance(Duration.ofSeconds(1));
        time.work();
        clock.advance(Duration.ofMillis(2));
        time.work();
        clock.advance(Duration.ofMillis(3));
        time.rest();
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Duration.ofMillis(5).toNanos(), time.busy());
        assertEquals(1, time.turns().count());
        assertEquals(Duration.ofMillis(5), time.turns().total());
    }

    @Test
    void thePresentTurnCountsAlready() {
        time.work();
        clock.advance(Duration.ofMillis(7));
        assertEquals(Duration.ofMillis(7).toNanos(), time.busy());
        assertEquals(Duration.ofMillis(7).toNanos(), time.presentTurn());
        assertEquals(0, time.turns().count());
    }

    @Test
    void aTurnWithoutACallbackIsNotCounted() {
        time.rest();
        time.rest();
        assertEquals(0, time.turns().count());
    }
}
