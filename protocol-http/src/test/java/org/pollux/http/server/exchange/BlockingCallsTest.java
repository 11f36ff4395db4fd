package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingCallsTest {

    private final BlockingCalls calls = BlockingCalls.of(BlockingCallsTest.class);
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void freeThem() throws InterruptedException {
        free.countDown();
        BlockingCalls.limit(BlockingCalls.MOST, BlockingCalls.WAIT);
        awaitUntil(() -> calls.isIdle());
    }

    private static void awaitUntil(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "not within 20 s");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void block(CountDownLatch begun) {
        calls.run(
                () -> {
                    begun.countDown();
                    try {
                        await(free);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                refused::incrementAndGet);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(40, TimeUnit.SECONDS));
    }

    @Test
    void aCallHasAPlatformThreadOfItsOwn() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        calls.run(
                () -> {
                    assertFalse(Thread.currentThread().isVirtual());
                    ran.countDown();
                },
                refused::incrementAndGet);
        await(ran);
    }

    @Test
    void oneMoreThanTheLimitWaitsForItsTurn() throws InterruptedException {
        BlockingCalls.limit(2, Duration.ofSeconds(60));
        CountDownLatch two = new CountDownLatch(2);
        block(two);
        block(two);
        await(two);
        CountDownLatch third = new CountDownLatch(1);
        block(third);
        assertEquals(1, third.getCount());
        assertEquals(1, BlockingCalls.faults().size());
        free.countDown();
        await(third);
        assertEquals(0, refused.get());
    }

    @Test
    void oneThatWaitsForTooLongIsRefused() throws InterruptedException {
        BlockingCalls.limit(1, Duration.ofMillis(20));
        long before = BlockingCalls.refused();
        CountDownLatch first = new CountDownLatch(1);
        block(first);
        await(first);
        block(new CountDownLatch(1));
        awaitUntil(() -> refused.get() == 1);
        assertEquals(before + 1, BlockingCalls.refused());
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() throws InterruptedException {
        BlockingCalls.limit(1, Duration.ofSeconds(60));
        CountDownLatch first = new CountDownLatch(1);
        block(first);
        await(first);
        block(new CountDownLatch(1));
        block(new CountDownLatch(1));
        assertEquals(1, refused.get());
    }
}
