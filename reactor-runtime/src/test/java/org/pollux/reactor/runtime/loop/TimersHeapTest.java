package org.pollux.reactor.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The heap under the timers, against a sorted set that does the same plainly. */
class TimersHeapTest {

    private final Timers timers = new Timers();
    private final List<Timer> fired = new ArrayList<>();

    private final class Noting extends Timer {

        @Override
        protected void expire(long now) {
            fired.add(this);
        }
    }

    @Test
    void case17_startingATimerAgainReplacesItsDeadline() {
        Timer timer = new Noting();
        timers.start(timer, 10);
        timers.start(timer, 20);
        assertEquals(1, timers.size());
        timers.expire(19, () -> false);
        assertTrue(timer.isWaiting());
        timers.start(timer, 5);
        timers.expire(5, () -> false);
        assertEquals(List.of(timer), fired);
        assertFalse(timer.isWaiting());
    }

    @Test
    void case18_theWaitIsThatOfTheFirst() {
        assertEquals(-1, timers.untilNext(0), "none");
        timers.start(new Noting(), 30);
        timers.start(new Noting(), 20);
        assertEquals(15, timers.untilNext(5));
        assertEquals(0, timers.untilNext(99));
    }

    @Test
    void case25_expiryEndsAfterTheTimerThatStopsTheLoop() {
        timers.start(new Noting(), 1);
        timers.start(new Noting(), 2);
        timers.expire(9, () -> fired.size() == 1);
        assertEquals(1, fired.size());
        assertEquals(1, timers.size(), "the other is kept");
    }

    @Test
    void manyStartsRestartsAndCancelsFireInTheOrderOfASortedSet() {
        Random random = new Random(7);
        Comparator<Timer> order = (a, b) -> a == b ? 0 : a.before(b) ? -1 : 1;
        TreeSet<Timer> expected = new TreeSet<>(order);
        List<Timer> all = new ArrayList<>();
        long now = Long.MAX_VALUE - 50_000; // it wraps around on the way
        for (int step = 0; step < 100_000; step++) {
            if (all.size() < 500) {
                all.add(new Noting());
            }
            Timer timer = all.get(random.nextInt(all.size()));
            expected.remove(timer);
            if (random.nextInt(4) == 0) {
                timers.cancel(timer);
            } else {
                timers.start(timer, now + random.nextInt(1_000));
                expected.add(timer);
            }
            if (random.nextInt(10) == 0) {
                now += random.nextInt(20);
                expectFired(now, expected);
            }
            assertEquals(expected.size(), timers.size());
            assertEquals(expected.contains(timer), timer.isWaiting());
        }
    }

    private void expectFired(long now, SortedSet<Timer> expected) {
        List<Timer> due = new ArrayList<>();
        while (!expected.isEmpty() && expected.getFirst().deadline - now <= 0) {
            due.add(expected.removeFirst());
        }
        fired.clear();
        timers.expire(now, () -> false);
        assertEquals(due, fired);
    }
}
