package org.pollux.http.server.routing;

import java.time.Duration;
import org.pollux.http.server.settings.Bounds;

/**
 * The limits of waiting for a handler, a filter or an error page that is being replaced.
 *
 * @param patience for which a request waits; then it gets 503
 * @param requests that may wait at the same time; one more gets 503 at once
 */
public record HandOver(Duration patience, int requests) {

    public HandOver {
        if (patience.isNegative() || patience.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("handOver must be from 0 to 300 seconds, not " + patience.toSeconds());
        }
        Bounds.requireBetween("handOverRequests", requests, 0, 100_000);
    }

    /** 5 s, 1,000 requests. */
    static HandOver defaults() {
        return new HandOver(Duration.ofSeconds(5), 1000);
    }
}
