package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;

/** One-shot and periodic timers, as programs see them. */
class TimersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final TestLoop test;
    private final List<String> log = new ArrayList<>();

    TimersTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private EventHandler note(String name) {
        return event -> log.add(name);
    }

    @Test
    void case15_aZeroDelayFiresAfterTheCurrentCallbacksAndNotRecursively() {
        test.loop.after(Duration.ZERO, event -> {
            log.add("first begins");
            test.loop.after(Duration.ZERO, note("inner"));
            log.add("first ends");
        });
        test.loop.after(Duration.ZERO, note("second"));
        test.turn();
        assertEquals(List.of("first begins", "first ends", "second"), log);
        test.turn();
        assertEquals(List.of("first begins", "first ends", "second", "inner"), log);
    }

    @Test
    void case15_zeroDelaysThatStartEachOtherLeaveTheLoopItsTurn() {
        int[] fired = {0};
        test.loop.after(Duration.ZERO, event -> again(fired));
        for (int turn = 1; turn <= 5; turn++) {
            test.turn();
            assertEquals(turn, fired[0], "once in a turn");
        }
    }

    private void again(int[] fired) {
        fired[0]++;
        test.loop.after(Duration.ZERO, event -> again(fired));
    }

    @Test
    void case16_timersFireInTheOrderOfTheirDeadlines() {
        test.loop.after(Duration.ofMillis(30), note("30"));
        test.loop.after(Duration.ofMillis(10), note("10"));
        test.loop.after(Duration.ofMillis(20), note("20"));
        test.pass(SECOND);
        assertEquals(List.of("10", "20", "30"), log);
    }

    @Test
    void case16_timersOfOneDeadlineFireInTheOrderOfTheirStart() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            test.loop.after(SECOND, note("" + i));
            expected.add("" + i);
        }
        test.pass(SECOND);
        assertEquals(expected, log);
    }

    @Test
    void case18_aTimerIsNeverEarly() {
        test.loop.after(SECOND, note("fired"));
        test.pass(SECOND.minus(NANO));
        assertEquals(List.of(), log);
        test.pass(NANO);
        assertEquals(List.of("fired"), log);
    }

    @Test
    void case18_aTimerIsNotLostWhenTheLoopRunsLate() {
        test.loop.after(SECOND, note("fired"));
        test.pass(Duration.ofDays(365));
        assertEquals(List.of("fired"), log);
        test.pass(Duration.ofDays(365));
        assertEquals(List.of("fired"), log, "and fires once");
    }

    @Test
    void case19_aPeriodicTimerDoesNotBurstAfterAStall() {
        test.loop.every(SECOND, note("tick"));
        test.pass(Duration.ofMillis(10_500));
        assertEquals(List.of("tick"), log);
        test.pass(Duration.ofMillis(499));
        assertEquals(List.of("tick"), log, "the next multiple of the period is not there yet");
        test.pass(Duration.ofMillis(1));
        assertEquals(List.of("tick", "tick"), log, "the phase is kept");
    }

    @Test
    void case19_aPeriodicTimerDoesNotDrift() {
        test.loop.every(SECOND, note("tick"));
        for (int i = 0; i < 1_000; i++) {
            test.clock().advance(Duration.ofMillis(7));
            test.turn();
        }
        assertEquals(7, log.size(), "ticks in 7 seconds of late turns");
    }

    @Test
    void case19_aPeriodicTimerFiresFirstAfterOnePeriod() {
        test.loop.every(SECOND, note("tick"));
        test.pass(SECOND.minus(NANO));
        assertEquals(List.of(), log);
        test.pass(NANO);
        assertEquals(List.of("tick"), log);
    }

    @Test
    void case21_aHugeDelayDoesNotOverflow() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        test.loop.after(huge, note("never"));
        test.loop.every(huge, note("never"));
        test.loop.after(SECOND, note("soon"));
        test.pass(SECOND);
        assertEquals(List.of("soon"), log);
        test.pass(Duration.ofDays(50 * 365));
        assertEquals(List.of("soon"), log, "not after fifty years either");
    }

    @Test
    void case21_aNegativeDelayAndAPeriodThatIsNotPositiveAreRefused() {
        Duration negative = Duration.ofNanos(-1);
        assertThrows(IllegalArgumentException.class, () -> test.loop.after(negative, note("")));
        assertThrows(IllegalArgumentException.class, () -> test.loop.every(negative, note("")));
        assertThrows(IllegalArgumentException.class, () -> test.loop.every(Duration.ZERO, note("")));
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void case22_aPeriodicTimerMayBeClosedInItsOwnCallback() {
        test.loop.every(SECOND, event -> {
            log.add("tick");
            event.close();
            assertTrue(event.isClosed());
        });
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of("tick"), log);
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void case22_aOneShotTimerIsClosedInItsOwnCallbackAndClosingItAgainIsHarmless() {
        test.loop.after(SECOND, event -> {
            log.add("closed " + event.isClosed());
            event.close();
        });
        test.pass(SECOND);
        assertEquals(List.of("closed true"), log);
    }

    @Test
    void case22_aTimerClosedByAnotherOfTheSameTurnDoesNotFire() {
        Handle[] second = new Handle[1];
        test.loop.after(SECOND, event -> second[0].close());
        second[0] = test.loop.after(SECOND, note("second"));
        test.pass(SECOND);
        assertEquals(List.of(), log);
    }

    @Test
    void case23_timeIsFreshAfterALongCallback() {
        test.loop.after(Duration.ZERO, event -> {
            test.clock().advance(Duration.ofSeconds(10));
            test.loop.after(SECOND, note("later"));
        });
        test.settle();
        test.pass(SECOND.minus(NANO));
        assertEquals(List.of(), log, "the delay counts from the call, not from the turn's begin");
        test.pass(NANO);
        assertEquals(List.of("later"), log);
    }

    @Test
    void case23_whatBecomesDueDuringALongCallbackFiresInTheNextTurnWithoutWaiting() {
        test.loop.after(Duration.ZERO, event -> test.clock().advance(SECOND));
        test.loop.after(SECOND, note("due"));
        test.loop.turn(Duration.ofDays(1)); // would hang, were the wait computed from an old time
        test.turn();
        assertEquals(List.of("due"), log);
    }

    @Test
    void case23_thePresentTimeComesFromTheMonotonicClockAlone() throws IOException {
        try (EventLoop real = new EventLoop(new org.pollux.reactor.nio.NioBackend())) {
            long before = System.nanoTime();
            long now = real.loop().now();
            assertTrue(now - before >= 0 && System.nanoTime() - now >= 0);
        }
    }

    @Test
    void theClockOfTheReactorIsThatOfItsTimers() {
        long before = test.loop.nanoTime();
        test.loop.after(SECOND, _ -> log.add("after " + (test.loop.nanoTime() - before)));
        test.pass(SECOND);
        assertEquals(List.of("after " + SECOND.toNanos()), log);
    }

    @Test
    void aFailingTimerIsClosedAndTheOthersGoOn() {
        try (CapturedLog captured = new CapturedLog()) {
            Handle broken = test.loop.every(SECOND, event -> {
                throw new IOException("made to fail");
            });
            test.loop.every(SECOND, note("tick"));
            test.pass(SECOND);
            test.pass(SECOND);
            assertEquals(List.of("tick", "tick"), log);
            assertTrue(broken.isClosed());
            captured.says("made to fail");
        }
    }
}
