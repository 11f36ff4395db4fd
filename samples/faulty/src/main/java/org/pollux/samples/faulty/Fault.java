package org.pollux.samples.faulty;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Does not return for a while, or never. */
final class Fault {

    private Fault() {}

    /** Sleeps; an interruption ends it. */
    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, and ignores interruptions. */
    static void stick(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
            boolean _ = Thread.interrupted();
        }
    }

    /** Never returns, and ignores interruptions. */
    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
