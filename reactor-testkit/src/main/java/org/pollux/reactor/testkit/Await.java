package org.pollux.reactor.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline. These tests wait in no other way. */
public final class Await {

    /** Generous, for a busy machine; a passing test never waits this long. */
    public static final Duration DEADLINE = Duration.ofSeconds(40);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, Thread::yield);
    }

    /** Repeats a step until the condition holds. */
    public static void until(String what, BooleanSupplier condition, Runnable step) {
        until(what, DEADLINE, condition, step);
    }

    static void until(String what, Duration deadline, BooleanSupplier condition, Runnable step) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new AssertionError("Not within " + deadline.toMillis() + " ms: " + what);
            }
            step.run();
        }
    }

    public static void latch(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Not within " + DEADLINE.toSeconds() + " s: " + what);
        }
    }

    public static void end(Thread thread) throws InterruptedException {
        if (!thread.join(DEADLINE)) {
            throw new AssertionError("Not within " + DEADLINE.toSeconds() + " s: the end of " + thread);
        }
    }
}
