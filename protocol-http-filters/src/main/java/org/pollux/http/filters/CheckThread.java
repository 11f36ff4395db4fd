package org.pollux.http.filters;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which a filter reads its file and hashes passwords, beside the loops: so both cost one core at most. A limit
 * of checks may wait, and a smaller one of each peer, so that one that guesses passwords does not take the turns of all. From any
 * thread.
 */
final class CheckThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckThread.class);

    /** The refusals of so long become one line of the log. */
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final ScheduledExecutorService thread;
    private final Semaphore free;
    private final int mostOfPeer;

    /** How many checks of each peer wait; not more entries than checks. */
    private final Map<Object, Integer> waiting = new ConcurrentHashMap<>();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong told = new AtomicLong(System.nanoTime() - QUIET);

    /**
     * Starts it.
     *
     * @param limit how many checks may wait; an eighth of them may be of one peer
     * @param eachSecond is run each second; it must not throw
     */
    CheckThread(String name, int limit, Runnable eachSecond) {
        this.name = name;
        free = new Semaphore(limit);
        mostOfPeer = limit / 8;
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var _ = thread.scheduleWithFixedDelay(eachSecond, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Runs a check, after those that wait.
     *
     * @param peer whose check it is
     * @return false when too many wait, in total or of this peer, or this is closed
     */
    boolean check(Object peer, Runnable check) {
        if (!free.tryAcquire()) {
            return refuse(peer);
        }
        if (waiting.merge(peer, 1, Integer::sum) > mostOfPeer) {
            release(peer);
            return refuse(peer);
        }
        try {
            thread.execute(() -> {
                try {
                    check.run();
                } finally {
                    release(peer);
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            release(peer);
            return false;
        }
    }

    private void release(Object peer) {
        waiting.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
        free.release();
    }

    /** Tells the operator, at most once a minute. */
    private boolean refuse(Object peer) {
        long count = refused.incrementAndGet();
        long last = told.get();
        if (System.nanoTime() - last >= QUIET && told.compareAndSet(last, System.nanoTime())) {
            LOG.warn(
                    "{}: {} requests got 503 until now, because too many passwords wait to be checked; the last one is of {}",
                    name,
                    count,
                    peer);
        }
        return false;
    }

    /** Checks that wait are made, and no others. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
