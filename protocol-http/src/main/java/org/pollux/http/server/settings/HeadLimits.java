package org.pollux.http.server.settings;

import java.time.Duration;

/**
 * The limits of a request's head.
 *
 * @param requestLine bytes of a request line with its CRLF; a longer one gets 414
 * @param head bytes of a whole head, and of the trailers behind a body; longer ones get 431
 * @param fields that a head may have, and the trailers behind a body; more get 431
 * @param timeout from the first byte of a head to its last; a slower head gets 408
 */
public record HeadLimits(int requestLine, int head, int fields, Duration timeout) {

    private static final int FIELDS = 100;

    /** The bytes that a connection may leave unread, and the maximum size of a head. */
    private static final int READ_BOUND = 32 * 1024;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and its valid range
     */
    public HeadLimits {
        Bounds.requireBetween("requestLineLimit", requestLine, 64, head);
        Bounds.requireBetween("headLimit", head, 128, READ_BOUND);
        Bounds.requireBetween("fieldLimit", fields, 1, READ_BOUND);
        Bounds.requirePositive("headTimeout", timeout);
    }

    /** Makes limits with 100 fields. */
    public HeadLimits(int requestLine, int head, Duration timeout) {
        this(requestLine, head, FIELDS, timeout);
    }

    /** 8 KiB, 16 KiB, 100 fields, 10 s. */
    public static HeadLimits defaults() {
        return new HeadLimits(8 * 1024, 16 * 1024, Duration.ofSeconds(10));
    }
}
