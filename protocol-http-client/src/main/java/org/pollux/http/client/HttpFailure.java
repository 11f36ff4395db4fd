package org.pollux.http.client;

import java.io.IOException;

/** Why an exchange did not come to its end; the message says it for people, with the values that were met. */
public final class HttpFailure extends IOException {

    /** The kinds of failures. */
    public enum Reason {
        /** The URL's scheme is not spoken: {@code https} is not yet. */
        SCHEME,
        /** Too many requests wait for a connection. */
        QUEUE_FULL,
        UNKNOWN_HOST,
        /** No connection was established: refused, unreachable. */
        CONNECT,
        /** The connect, the next byte or the whole exchange took too long. */
        TIMED_OUT,
        /** What came is no HTTP/1.x. */
        NOT_HTTP,
        /** It is HTTP, but broken: a malformed head, conflicting lengths, a bad chunk, damaged gzip. */
        MALFORMED,
        /** A response to something else than the request: a part (206) without {@code Range}, 304 without a condition. */
        UNASKED,
        /** The connection ended before the head of an answer was there. */
        NO_ANSWER,
        /** The connection ended before the body did. */
        SHORT_BODY,
        /** More came than was allowed: a head, a whole body. */
        TOO_LONG,
        /** Too many redirects, a loop of them, or one to no URL. */
        REDIRECT,
        /** The status is none of success, and only such an answer was wanted. */
        STATUS,
        /** The file could not be written. */
        FILE,
        /** The handler threw an exception, which is the cause. */
        HANDLER,
        CANCELLED,
        /** The client was closed, or its reactor. */
        CLIENT_CLOSED
    }

    private final Reason reason;

    HttpFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    HttpFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
