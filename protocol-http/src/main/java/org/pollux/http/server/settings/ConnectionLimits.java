package org.pollux.http.server.settings;

import java.time.Duration;

/**
 * The limits of a connection.
 *
 * @param idleTimeout for which a connection may wait for a request, and a response for its client to read more; then the
 *     connection is closed
 * @param requests that a connection may serve; it closes after the last one
 * @param outbound bytes of responses that may wait to be sent; with more, a writer must stop, and the next request is not
 *     read
 * @param responseTimeout within which a handler must begin its response, not counting the time in which it waits for more
 *     of the request's body; then the server responds with 503. 0 means no limit
 */
public record ConnectionLimits(Duration idleTimeout, int requests, int outbound, Duration responseTimeout) {

    private static final Duration RESPONSE = Duration.ofSeconds(60);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and its valid range
     */
    public ConnectionLimits {
        Bounds.requirePositive("idleTimeout", idleTimeout);
        Bounds.requireBetween("requestsPerConnection", requests, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("outboundLimit", outbound, 4 * 1024, 8 * 1024 * 1024);
        if (responseTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "responseTimeout must be 0, for none, or longer, but is " + responseTimeout.toMillis() + " ms");
        }
    }

    /** Makes limits with a response timeout of one minute. */
    public ConnectionLimits(Duration idleTimeout, int requests, int outbound) {
        this(idleTimeout, requests, outbound, RESPONSE);
    }

    /** 30 s, a million requests, 64 KiB. */
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(Duration.ofSeconds(30), 1_000_000, 64 * 1024);
    }
}
