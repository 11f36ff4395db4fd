package org.pollux.fetch;

import java.time.Duration;
import org.pollux.http.client.HttpExchange;
import org.pollux.reactor.Reactor;

/**
 * Lets so many bytes come in a second, in total. Each piece of a body takes the time that it would need at that rate; an exchange
 * that is early pauses until the time of its piece, so that its server is held back. For the reactor's thread.
 */
final class RateLimit {

    private static final long SECOND = 1_000_000_000L;

    /** A pause is longer than a turn of the loop is worth. */
    private static final long SHORTEST = 5_000_000L;

    private final Reactor reactor;
    private final long rate;
    private long free;

    /** @param rate bytes in a second; 0 means no limit */
    RateLimit(Reactor reactor, long rate) {
        this.reactor = reactor;
        this.rate = rate;
        this.free = reactor.nanoTime();
    }

    void came(int bytes, HttpExchange exchange) {
        if (rate == 0) {
            return;
        }
        long now = reactor.nanoTime();
        free = Math.max(now, free) + Math.round((double) bytes * SECOND / rate);
        if (free - now > SHORTEST) {
            exchange.pause();
            var _ = reactor.after(Duration.ofNanos(free - now), _ -> exchange.resume());
        }
    }
}
