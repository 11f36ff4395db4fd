package org.pollux.http.server;

import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of a server.
 *
 * @param requestLineLimit bytes of a request line with its CRLF; a longer one is answered 414
 * @param headLimit bytes of a whole head; a longer one is answered 431
 * @param headTimeout from the first byte of a head to its last; then it is answered 408
 * @param idleTimeout for which a connection may wait for a request, or an answer for its client to take more of it; then
 *     it is closed
 * @param server the value of the {@code Server} field of all answers; without it none is sent
 */
public record HttpSettings(
        int requestLineLimit, int headLimit, Duration headTimeout, Duration idleTimeout, Optional<String> server) {

    /** What a connection may leave unread, and the most that a head may be. */
    private static final int READ_BOUND = 32 * 1024;

    /**
     * Takes only values that work.
     *
     * @throws IllegalArgumentException naming the value and what it may be
     */
    public HttpSettings {
        requireBetween("requestLineLimit", requestLineLimit, 64, headLimit);
        requireBetween("headLimit", headLimit, 128, READ_BOUND);
        requirePositive("headTimeout", headTimeout);
        requirePositive("idleTimeout", idleTimeout);
        server.ifPresent(value -> FieldSyntax.requireValue("server", value));
    }

    /** 8 KiB, 16 KiB, 10 s, 60 s, no {@code Server}. */
    public static HttpSettings defaults() {
        return new HttpSettings(8 * 1024, 16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(60), Optional.empty());
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + value);
        }
    }
}
