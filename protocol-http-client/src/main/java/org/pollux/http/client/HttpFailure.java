package org.pollux.http.client;

import java.io.IOException;

/** The reason of a failed exchange. The message describes it for people, with the values at fault. */
public final class HttpFailure extends IOException {

    /** The kinds of failures. Later versions may add some: a {@code switch} needs a default. */
    public enum Reason {
        /** The client does not support the URL's scheme, or has no TLS engine for {@code https}. */
        SCHEME,
        /** Too many requests wait for a connection. */
        QUEUE_FULL,
        /** The name of the host could not be looked up. */
        UNKNOWN_HOST,
        /** No connection was established: it was refused, or the host is unreachable. */
        CONNECT,
        /**
         * There is no TLS with the server: its certificate is not accepted, or the handshake failed. The cause is a {@link
         * org.pollux.reactor.tls.TlsException} with the precise reason.
         */
        TLS,
        /** A proxy does not pass the request on: it wants authentication, or refuses. */
        PROXY,
        /** The connect, the next byte or the whole exchange took too long. */
        TIMED_OUT,
        /** The bytes that came are not HTTP, or the server does not speak the version that is asked for. */
        NOT_HTTP,
        /** The bytes are HTTP, but broken: a malformed head, conflicting lengths, a bad chunk, damaged gzip. */
        MALFORMED,
        /** The response does not fit the request: a part (206) without {@code Range}, 304 without a condition. */
        UNASKED,
        /** The connection ended before the head of a response was complete. */
        NO_RESPONSE,
        /** The connection ended before the body did. */
        SHORT_BODY,
        /** A head or a whole body is longer than its limit. */
        TOO_LONG,
        /** Too many redirects, a loop of them, one without a valid URL, or one from https to http. */
        REDIRECT,
        /** The status is not 2xx, and only a successful response was wanted. */
        STATUS,
        /** The file could not be written. */
        FILE,
        /** The body of the request could not be produced, or not in the length that was announced. */
        BODY,
        /** The handler threw an exception, which is this failure's cause. */
        HANDLER,
        /** {@link HttpExchange#cancel} was called, or the future was cancelled. */
        CANCELLED,
        /** The client was closed, or its reactor. */
        CLIENT_CLOSED
    }

    private final Reason reason;

    /** A failure of that kind; a handler may throw one. */
    public HttpFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A failure of that kind with a cause. */
    public HttpFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The kind of failure. */
    public Reason reason() {
        return reason;
    }
}
