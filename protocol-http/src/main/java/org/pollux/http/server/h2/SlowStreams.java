package org.pollux.http.server.h2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Reactor;

/**
 * Ends streams whose clients send a body, or take a response, too slowly. A client that closes the window of a stream, or of
 * all, reads the connection and is not a slow reader of it; so each stream is watched. Only those that wait are. One timer
 * serves all of a loop, and none runs while nothing waits.
 */
final class SlowStreams {

    /** The number of checks within the patience. */
    private static final int LOOKS = 4;

    /** One direction of a stream. */
    interface Watched {

        /** Whether the client is to blame for the delay. */
        boolean isAwaited();

        /** All octets that have moved so far. */
        long moved();

        void tooSlow();
    }

    /** What had moved at the last check, and the time for which the client may still be too slow. */
    private static final class Progress {

        private long moved;
        private long patience;

        Progress(long moved, long patience) {
            this.moved = moved;
            this.patience = patience;
        }
    }

    private final BodyLimits limits;
    private final long period;
    private final Map<Watched, Progress> watched = new LinkedHashMap<>();
    private @Nullable Handle looking;

    SlowStreams(BodyLimits limits) {
        this.limits = limits;
        this.period = Math.max(1, limits.patience().toNanos() / LOOKS);
    }

    void watch(Watched one, Reactor reactor) {
        watched.computeIfAbsent(
                one, _ -> new Progress(one.moved(), limits.patience().toNanos()));
        if (looking == null) {
            looking = reactor.every(Duration.ofNanos(period), _ -> look());
        }
    }

    void forget(Watched one) {
        if (looking != null && watched.remove(one) != null) {
            stopIfEmpty();
        }
    }

    private void look() {
        List<Watched> slow = new ArrayList<>();
        watched.forEach((one, progress) -> {
            if (isTooSlow(one, progress)) {
                slow.add(one);
            }
        });
        for (Watched one : slow) {
            watched.remove(one);
            one.tooSlow();
        }
        stopIfEmpty();
    }

    private void stopIfEmpty() {
        if (watched.isEmpty() && looking != null) {
            looking.close();
            looking = null;
        }
    }

    private boolean isTooSlow(Watched one, Progress progress) {
        long moved = one.moved() - progress.moved;
        progress.moved = one.moved();
        if (!one.isAwaited()) {
            return false;
        }
        long gained = moved * (1_000_000_000L / limits.slowest());
        progress.patience =
                Math.min(progress.patience - period + gained, limits.patience().toNanos());
        return progress.patience <= 0;
    }
}
