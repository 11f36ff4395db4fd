package org.pollux.http.server.settings;

import java.time.Duration;

/**
 * The bounds of a connection.
 *
 * @param idleTimeout for which it may wait for a request, or a response for its client to take more of it; then it is closed
 * @param requests that it may serve; it closes after the last
 * @param outbound bytes of responses that may wait to be sent before their writer is told to stop, and before the next
 *     request is looked at
 * @param responseTimeout for which a handler may not begin its response, while it does not wait for more of the request's
 *     body; then the server responds with 503. 0 means no limit
 */
public record ConnectionLimits(Duration idleTimeout, int requests, int outbound, Duration responseTimeout) {

    private static final Duration RESPONSE = Duration.ofSeconds(60);

    /**
     * Takes only values that work.
     *
     * @throws IllegalArgumentException naming the value and what it may be
     */
    public ConnectionLimits {
        Bounds.requirePositive("idleTimeout", idleTimeout);
        Bounds.requireBetween("requestsPerConnection", requests, 1, Integer.MAX_VALUE);
        Bounds.requireBetween("outboundLimit", outbound, 4 * 1024, 8 * 1024 * 1024);
        if (responseTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "responseTimeout must be 0, for none, or longer, but is " + responseTimeout);
        }
    }

    /** With a minute for a handler to begin its response. */
    public ConnectionLimits(Duration idleTimeout, int requests, int outbound) {
        this(idleTimeout, requests, outbound, RESPONSE);
    }

    /** 30 s, a million requests, 64 KiB. */
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(Duration.ofSeconds(30), 1_000_000, 64 * 1024);
    }
}
