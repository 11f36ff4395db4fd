package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.limits.LimitKind;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Handle;

/**
 * Aborts the connections of clients that read their responses too slowly. The idle time is not enough: a client that takes
 * single bytes is not idle. Only connections that are closing, or on which a writer waits, are watched. Nothing runs while there
 * are none. For the thread of the loop.
 */
public final class SlowReaders {

    /** The number of checks within the patience. */
    private static final int LOOKS = 4;

    /** The bytes that waited at the last check, and the time for which the client may still be too slow. */
    private static final class Progress {

        private long pending;
        private long patience;

        Progress(long pending, long patience) {
            this.pending = pending;
            this.patience = patience;
        }
    }

    private final BodyLimits limits;
    private final LimitCounts counts;
    private final long period;
    private final Map<Connection, Progress> watched = new HashMap<>();
    private @Nullable Handle looking;

    public SlowReaders(BodyLimits limits, LimitCounts counts) {
        this.limits = limits;
        this.counts = counts;
        this.period = Math.max(1, limits.patience().toNanos() / LOOKS);
    }

    public void watch(Connection connection) {
        watched.putIfAbsent(
                connection, new Progress(connection.pending(), limits.patience().toNanos()));
        if (looking == null) {
            looking = connection.reactor().every(Duration.ofNanos(period), _ -> look());
        }
    }

    public void forget(Connection connection) {
        if (looking != null && watched.remove(connection) != null && watched.isEmpty()) {
            looking.close();
            looking = null;
        }
    }

    private void look() {
        Iterator<Map.Entry<Connection, Progress>> all = watched.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Connection, Progress> one = all.next();
            if (isTooSlow(one.getKey(), one.getValue())) {
                all.remove();
                counts.met(LimitKind.RESPONSE_RATE);
                one.getKey().abort();
            }
        }
        if (watched.isEmpty() && looking != null) {
            looking.close();
            looking = null;
        }
    }

    private boolean isTooSlow(Connection connection, Progress progress) {
        long now = connection.pending();
        long taken = Math.max(0, progress.pending - now);
        progress.pending = now;
        long gained = taken * (1_000_000_000L / limits.slowest());
        progress.patience =
                Math.min(progress.patience - period + gained, limits.patience().toNanos());
        return progress.patience <= 0 && now > 0;
    }
}
