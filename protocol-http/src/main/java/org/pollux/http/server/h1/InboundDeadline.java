package org.pollux.http.server.h1;

import java.time.Duration;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.reactor.Connection;

/**
 * The deadline for a client to send the rest of its head or body. Every byte restarts the connection's idle time, so the
 * idle time is set to the time left until the deadline. A client gains nothing by sending single bytes.
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

    /** A head has arrived in part. The first call starts the time. False when the time is over. */
    boolean awaitHead() {
        if (!running) {
            start(loop.settings().head().timeout());
        }
        return arm();
    }

    /**
     * A body has arrived in part. Each byte adds its share of a second, but the time left never exceeds the patience. False
     * when the time is over.
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

    /** Ends the deadline: nothing is awaited any more. */
    void stop() {
        if (running) {
            running = false;
            connection.idleTimeout(loop.settings().connection().idleTimeout());
        }
    }
}
