package org.pollux.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait hold up no other call, and those that do not share threads. */
@Timeout(60)
class CallThreadsTest {

    private final CallThreads threads = new CallThreads();

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(50, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callsThatWaitHoldUpNoOtherCall() {
        int count = 1_000;
        CountDownLatch all = new CountDownLatch(count); // each waits for the others
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> {
                all.countDown();
                await(all);
                done.countDown();
            });
        }
        await(done);
    }

    @Test
    void aCallMayWaitForOneThatItMakes() {
        CountDownLatch done = new CountDownLatch(1);
        threads.execute(() -> {
            CountDownLatch inner = new CountDownLatch(1);
            threads.execute(inner::countDown);
            await(inner);
            done.countDown();
        });
        await(done);
    }

    @Test
    void shortCallsShareThreads() {
        int count = 10_000;
        CountDownLatch done = new CountDownLatch(count);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        threads.execute(
                () -> { // on a virtual thread, so that the calls come faster than they are done
                    for (int i = 0; i < count; i++) {
                        threads.execute(() -> {
                            used.add(Thread.currentThread());
                            done.countDown();
                        });
                    }
                });
        await(done);
        assertTrue(used.size() < count / 2, () -> used.size() + " threads");
    }

    @Test
    void aCallThatFailsOrIsInterruptedDoesNotConcernTheNext() {
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean isInterrupted = new AtomicBoolean();
        threads.execute(() -> {
            threads.execute(() -> {
                Thread.currentThread().interrupt();
                throw new AssertionError("broken");
            });
            threads.execute(() -> {
                isInterrupted.set(Thread.interrupted());
                done.countDown();
            });
        });
        await(done);
        assertFalse(isInterrupted.get());
        assertEquals(0, done.getCount());
    }
}
