package org.pollux.http.server.settings;

import java.time.Duration;

/**
 * The limits of a request's body, and of the speed at which a client sends it and reads responses.
 *
 * @param most bytes of a body; a longer one gets 413
 * @param passedOver bytes of an unwanted body that are read so that the connection can serve another request; a connection
 *     with more of them closes after the response
 * @param slowest bytes per second that a client must send of a body that is being read, and take of a response that waits
 *     for it
 * @param patience for which a client may be slower; then a body gets 408, and the connection of a slow reader is aborted
 */
public record BodyLimits(long most, int passedOver, int slowest, Duration patience) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and its valid range
     */
    public BodyLimits {
        Bounds.requireBetween("bodyLimit", most, 0, Long.MAX_VALUE);
        Bounds.requireBetween("passOverLimit", passedOver, 0, Integer.MAX_VALUE);
        Bounds.requireBetween("slowestRate", slowest, 1, Integer.MAX_VALUE);
        Bounds.requirePositive("patience", patience);
    }

    /** 1 GiB, 256 KiB, 500 bytes per second, 20 s. */
    public static BodyLimits defaults() {
        return new BodyLimits(1024 * 1024 * 1024, 256 * 1024, 500, Duration.ofSeconds(20));
    }
}
