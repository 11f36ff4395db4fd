package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pollers of a loop, one after the other: exchanged for another backend's, and replaced when one is broken.
 *
 * <pre>
 *               broken, and the backend opens another
 *              ┌────────────────────────────────────┐
 *              ▼                                    │
 *   moveTo ▶ POLLS ─────────────────────────────────┤
 *              ▲                                    │ it opens none, or one after the other fails
 *              │        opened, each second         ▼
 *              └───────────────────────────────── PARKED
 * </pre>
 *
 * <p>For the loop's thread, but for {@link #present}.
 */
final class Pollers {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Pollers.class);

    private final Sources sources;
    private final Timers timers;
    private final LongSupplier clock;
    private volatile Polling present;

    /** Runs while the loop is parked because its backend gave it no other poller. */
    private @Nullable Timer retry;

    Pollers(Backend backend, Sources sources, Timers timers, LongSupplier clock) throws IOException {
        this.sources = sources;
        this.timers = timers;
        this.clock = clock;
        this.present = new Polling(backend, sources, clock);
    }

    /** The one that polls; from any thread. */
    Polling present() {
        return present;
    }

    /** Gives every source to a new poller of a backend, and returns how many these are. When it fails, nothing has changed. */
    int moveTo(Backend next) throws IOException {
        int moved = present.moveTo(next);
        forgetRetry();
        return moved;
    }

    /** Changes over to a poller that {@link Sources#prepare} was called for, and returns the one before. */
    Poller exchange(Backend next, Poller fresh) throws IOException {
        Poller old = present.exchange(next, fresh);
        forgetRetry();
        return old;
    }

    /** Opens another poller of the same backend; while that fails the loop parks and tries again. */
    void replaceBroken() {
        Backend same = present.backend();
        if (!present.failsAgain()) {
            try {
                moveTo(same);
                return;
            } catch (Throwable fault) { // a backend may throw anything when its bundle was removed
                LOG.error("No other poller of {} can be opened; tried again in {}", same.name(), RETRY, fault);
            }
        }
        try {
            moveTo(NoBackend.INSTANCE);
        } catch (IOException e) {
            throw new UncheckedIOException("Parking does not fail", e);
        }
        retryWith(same);
    }

    /** Leaves the present one, which may be in the middle of a poll, to the thread that has lost the loop, and opens another. */
    void renew() {
        Polling before = present;
        forgetRetry();
        present = another(before);
        before.close();
    }

    private Polling another(Polling before) {
        Backend same = before.backend();
        try {
            Polling fresh = new Polling(same, sources, clock);
            try {
                sources.exchange(before.poller(), fresh.poller());
                return fresh;
            } catch (Throwable e) {
                sources.abandon(fresh.poller());
                fresh.close();
                throw e;
            }
        } catch (Throwable fault) { // a backend may throw anything when its bundle was removed
            LOG.error("No other poller of {} can be opened; tried again in {}", same.name(), RETRY, fault);
        }
        try {
            Polling parked = new Polling(NoBackend.INSTANCE, sources, clock);
            sources.exchange(before.poller(), parked.poller());
            retryWith(same);
            return parked;
        } catch (IOException e) {
            throw new UncheckedIOException("Parking does not fail", e);
        }
    }

    private void retryWith(Backend wanted) {
        retry = new RetryTimer(wanted);
        timers.start(retry, clock.getAsLong() + RETRY.toNanos());
    }

    /** The backend that it waits for may be gone. */
    private void forgetRetry() {
        if (retry != null) {
            timers.cancel(retry);
            retry = null;
        }
    }

    private final class RetryTimer extends Timer {

        private final Backend wanted;

        RetryTimer(Backend wanted) {
            this.wanted = wanted;
        }

        @Override
        protected void expire(long now) {
            try {
                moveTo(wanted);
            } catch (Throwable fault) {
                LOG.debug("Still no poller of {}", wanted.name(), fault);
                timers.start(this, now + RETRY.toNanos());
            }
        }
    }
}
