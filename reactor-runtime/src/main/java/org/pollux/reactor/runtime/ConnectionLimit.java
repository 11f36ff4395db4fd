package org.pollux.reactor.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.pollux.reactor.admin.LimitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the server has accepted and not lost yet, over all loops, and the bound on that. At the bound the
 * listeners pause, and new connections wait in the kernel's backlog; they go on when a sixteenth of the places is free, so
 * that a full server does not switch at every connection.
 *
 * <p>The listener that meets the bound pauses before it accepts another; those on other loops may take one each before
 * they hear of it. From any thread.
 */
final class ConnectionLimit {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final AtomicInteger open = new AtomicInteger();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile int most;
    private volatile boolean full;
    private volatile long timesFull;

    /** Sets the bound; 0 is none. */
    void most(int connections) {
        most = connections;
        change();
    }

    /** Calls back whenever {@link #isFull} has changed, on the thread that changed it. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    void opened() {
        if (open.incrementAndGet() >= most && !full && most > 0) {
            change();
        }
    }

    void closed() {
        if (open.decrementAndGet() <= resumeAt() && full) {
            change();
        }
    }

    boolean isFull() {
        return full;
    }

    int open() {
        return open.get();
    }

    /** How often the bound was met, if it was. */
    Optional<LimitStatus> status() {
        long times = timesFull;
        return times == 0
                ? Optional.empty()
                : Optional.of(new LimitStatus("maxConnections (new ones wait)", times, "org.pollux.reactor-runtime"));
    }

    private int resumeAt() {
        return most - Math.max(1, most / 16);
    }

    /** Two threads may see the bound crossed in two directions; the last one here sees both. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private synchronized void change() {
        int now = open.get();
        boolean before = full;
        full = most > 0 && (before ? now > resumeAt() : now >= most);
        if (full && !before) {
            timesFull++;
            LOG.warn(
                    "Connections open: {}, as many as maxConnections of pollux.runtime allows. New ones wait until {} are"
                            + " left; times that this was so: {}",
                    now,
                    resumeAt(),
                    timesFull);
        }
        if (full != before) {
            listeners.forEach(Runnable::run);
        }
    }
}
