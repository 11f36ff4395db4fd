package org.pollux.http.server.settings;

import java.time.Duration;

/**
 * The bounds of a request's body, and of the speed with which either side of a connection goes on.
 *
 * @param most bytes of a body; a longer one gets 413
 * @param passedOver bytes of a body that nobody asked for, which are read so that the connection can go on; with more it
 *     closes after the response
 * @param slowest bytes in a second that a client must send of a body that is being read, and take of a response that waits
 *     for it
 * @param patience for which a client may be slower; then a body gets 408, and a slow reader is cut off
 */
public record BodyLimits(long most, int passedOver, int slowest, Duration patience) {

    /**
     * Takes only values that work.
     *
     * @throws IllegalArgumentException naming the value and what it may be
     */
    public BodyLimits {
        Bounds.requireBetween("bodyLimit", most, 0, Long.MAX_VALUE);
        Bounds.requireBetween("passOverLimit", passedOver, 0, Integer.MAX_VALUE);
        Bounds.requireBetween("slowestRate", slowest, 1, Integer.MAX_VALUE);
        Bounds.requirePositive("patience", patience);
    }

    /** 1 GiB, 256 KiB, 500 bytes in a second, 20 s. */
    public static BodyLimits defaults() {
        return new BodyLimits(1024 * 1024 * 1024, 256 * 1024, 500, Duration.ofSeconds(20));
    }
}
