package org.pollux.http.server.h1;

import java.time.Duration;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.reactor.Connection;

/**
 * Until when a client must have gone on with its head or its body. Every byte starts the connection's idle time again, so
 * that is set to what is left until then: a client that sends a byte now and again gains nothing.
 */
final class InboundDeadline {

    private final Connection connection;
    private final Http1Loop loop;
    private boolean running;
    private long at;

    InboundDeadline(Connection connection, Http1Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    boolean isRunning() {
        return running;
    }

    /** A head has come in part; the first call counts. False when its time is over. */
    boolean awaitHead() {
        if (!running) {
            start(loop.settings().head().timeout());
        }
        return arm();
    }

    /**
     * A body has come in part: each byte gains its share of a second, but never more than the patience. False when its time
     * is over.
     */
    boolean awaitBody(long bytes) {
        BodyLimits limits = loop.settings().body();
        if (running) {
            long gained = bytes * (1_000_000_000L / limits.slowest());
            at = Math.min(at - loop.nanos() + gained, limits.patience().toNanos()) + loop.nanos();
        } else {
            start(limits.patience());
        }
        return arm();
    }

    private void start(Duration time) {
        running = true;
        at = loop.nanos() + time.toNanos();
    }

    private boolean arm() {
        long left = at - loop.nanos();
        if (left <= 0) {
            return false;
        }
        connection.idleTimeout(Duration.ofNanos(left));
        return true;
    }

    /** Nothing is waited for any more. */
    void stop() {
        if (running) {
            running = false;
            connection.idleTimeout(loop.settings().connection().idleTimeout());
        }
    }
}
