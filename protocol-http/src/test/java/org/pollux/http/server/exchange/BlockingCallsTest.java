package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.testkit.Await;

@Timeout(60)
class BlockingCallsTest {

    private final BlockingCalls calls = BlockingCalls.of(BlockingCallsTest.class);
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger refused = new AtomicInteger();

    /** Handlers of other tests have the same limits. */
    @BeforeEach
    void awaitOthers() {
        Await.until("the calls of other tests have ended", calls::isIdle);
    }

    @AfterEach
    void freeThem() {
        free.countDown();
        BlockingCalls.limit(BlockingCalls.MOST, BlockingCalls.WAIT);
        Await.until("all calls have ended", calls::isIdle);
    }

    private void block(CountDownLatch begun) {
        calls.run(
                () -> {
                    begun.countDown();
                    try {
                        Await.latch("the call may end", free);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                refused::incrementAndGet);
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
        Await.latch("the call runs", ran);
    }

    @Test
    void oneMoreThanTheLimitWaitsForItsTurn() throws InterruptedException {
        BlockingCalls.limit(2, Duration.ofSeconds(60));
        CountDownLatch two = new CountDownLatch(2);
        block(two);
        block(two);
        Await.latch("both calls run", two);
        CountDownLatch third = new CountDownLatch(1);
        block(third);
        assertEquals(1, third.getCount());
        assertEquals(1, BlockingCalls.faults().size());
        free.countDown();
        Await.latch("the third call runs", third);
        assertEquals(0, refused.get());
    }

    @Test
    void oneThatWaitsForTooLongIsRefused() throws InterruptedException {
        BlockingCalls.limit(1, Duration.ofMillis(20));
        long before = BlockingCalls.refused();
        CountDownLatch first = new CountDownLatch(1);
        block(first);
        Await.latch("the first call runs", first);
        block(new CountDownLatch(1));
        Await.until("it is refused", () -> refused.get() == 1);
        assertEquals(before + 1, BlockingCalls.refused());
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() throws InterruptedException {
        BlockingCalls.limit(1, Duration.ofSeconds(60));
        CountDownLatch first = new CountDownLatch(1);
        block(first);
        Await.latch("the first call runs", first);
        block(new CountDownLatch(1));
        block(new CountDownLatch(1));
        assertEquals(1, refused.get());
    }
}
