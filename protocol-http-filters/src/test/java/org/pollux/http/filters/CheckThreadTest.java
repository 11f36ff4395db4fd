package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many checks wait, in total and of one peer. */
@Timeout(60)
class CheckThreadTest {

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    private void check() {
        try {
            assertTrue(blocked.await(30, TimeUnit.SECONDS));
            done.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int accepted(CheckThread thread, Object peer) {
        int accepted = 0;
        while (accepted < 100 && thread.check(peer, this::check)) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void aPeerTakesAnEighthOfTheTurnsAndAllTogetherTakeNoMoreThanThereAre() throws InterruptedException {
        try (CheckThread thread = new CheckThread("test", 64, () -> {})) {
            assertTrue(accepted(thread, "guesser") == 8 && accepted(thread, "guesser") == 0);
            for (int peer = 0; peer < 7; peer++) {
                assertTrue(accepted(thread, peer) == 8, "the others are not refused");
            }
            assertFalse(thread.check("one too many", this::check));
            blocked.countDown();
            CountDownLatch last = new CountDownLatch(1);
            while (!thread.check("guesser", last::countDown)) { // until the first check is done
                Thread.onSpinWait();
            }
            assertTrue(last.await(30, TimeUnit.SECONDS));
            assertTrue(done.get() == 64, "the accepted ones are made");
            assertTrue(thread.check("guesser", () -> {}), "its turns are free again");
        }
    }

    @Test
    void aClosedOneRefuses() {
        CheckThread thread = new CheckThread("test", 64, () -> {});
        thread.close();
        for (int i = 0; i < 100; i++) {
            assertFalse(thread.check("peer", this::check));
        }
    }
}
