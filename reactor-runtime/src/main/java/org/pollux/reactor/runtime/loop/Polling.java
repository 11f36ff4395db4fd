package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop's poller of the moment: waits with it, sees when it is broken, and exchanges it for another. */
public final class Polling {

    /** This many waits in a row that end early without an event show that a poller is broken. */
    public static final int SPINS = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private final Sources sources;
    private final LongSupplier clock;
    private volatile Backend backend;
    private Poller poller;
    private boolean waiting;
    private int spins;
    private int failures;

    /** How many sources the last poll found ready. */
    private int ready;

    Polling(Backend backend, Sources sources, LongSupplier clock) throws IOException {
        this.backend = backend;
        this.sources = sources;
        this.clock = clock;
        this.poller = backend.open();
    }

    /** From any thread. */
    Backend backend() {
        return backend;
    }

    Poller poller() {
        return poller;
    }

    /**
     * Polls once.
     *
     * @param wait nanoseconds, negative without end
     * @param start the time now
     * @return false when the poller is broken and must be replaced
     */
    boolean poll(long wait, long start) {
        waiting = true;
        ready = 0;
        try {
            ready = poller.poll(wait);
            boolean early = ready == 0 && wait != 0 && (wait < 0 || clock.getAsLong() - start < wait);
            spins = early && backend != NoBackend.INSTANCE ? spins + 1 : 0;
            failures = backend == NoBackend.INSTANCE ? failures : 0;
        } catch (LostLoop lost) {
            throw lost;
        } catch (Throwable fault) { // sources throw nothing, so it is the poller's own
            failures++;
            LOG.error("A poller of {} failed and is replaced", backend.name(), fault);
            return false;
        } finally {
            waiting = false;
        }
        if (spins < SPINS) {
            return true;
        }
        LOG.warn("A poller of {} returned {} times too early and for nothing, and is replaced", backend.name(), spins);
        return false;
    }

    /** How many sources the last poll found ready. */
    int ready() {
        return ready;
    }

    /** Whether one poller after the other failed, with no good poll in between. */
    boolean failsAgain() {
        return failures > 1;
    }

    /**
     * Gives every source to a new poller of a backend, at once. When that fails, everything is as before.
     *
     * @return how many sources moved
     */
    int moveTo(Backend next) throws IOException {
        requireBetweenTurns();
        Poller fresh = next.open();
        Backend before = backend;
        try {
            Poller old = exchange(next, fresh);
            close(old, before);
            return sources.size();
        } catch (Throwable e) {
            close(fresh, next);
            throw e;
        }
    }

    /**
     * Gives every source that is not there yet to a poller of a backend, and polls with it from now on. When that fails,
     * everything is as before.
     *
     * @return the previous poller; the caller closes it
     */
    Poller exchange(Backend next, Poller fresh) throws IOException {
        requireBetweenTurns();
        try {
            sources.exchange(poller, fresh);
        } catch (Throwable e) {
            sources.abandon(fresh);
            throw e;
        }
        Poller old = poller;
        poller = fresh;
        backend = next;
        spins = 0;
        return old;
    }

    private void requireBetweenTurns() {
        if (waiting) {
            throw new IllegalStateException("A poller cannot be exchanged while it polls: post a task");
        }
    }

    public void close() {
        close(poller, backend);
    }

    public static void close(Poller poller, Backend backend) {
        try {
            poller.close();
        } catch (Throwable e) {
            LOG.warn("A poller of {} did not close well", backend.name(), e);
        }
    }
}
