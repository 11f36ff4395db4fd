package org.pollux.http.filters;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which a filter reads its file and hashes passwords, beside the loops: so both cost one core at most. A limit
 * of checks may wait. From any thread.
 */
final class CheckThread implements AutoCloseable {

    private final ScheduledExecutorService thread;
    private final Semaphore free;

    /**
     * Starts it.
     *
     * @param limit how many checks may wait
     * @param eachSecond is run each second; it must not throw
     */
    CheckThread(String name, int limit, Runnable eachSecond) {
        free = new Semaphore(limit);
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var _ = thread.scheduleWithFixedDelay(eachSecond, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Runs a check, after those that wait.
     *
     * @return false when too many wait, or this is closed
     */
    boolean check(Runnable check) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            thread.execute(() -> {
                try {
                    check.run();
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Checks that wait are made, and no others. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
