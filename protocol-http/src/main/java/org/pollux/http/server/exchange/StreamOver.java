package org.pollux.http.server.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown to a blocking reader or writer whose stream has ended too early. It is not a fault of its handler. */
final class StreamOver extends IOException {

    private static final long serialVersionUID = 1;

    private StreamOver(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static StreamOver ofResponse() {
        return new StreamOver(
                "The response is over: it was closed, the client has disconnected, it has no body (to HEAD, or by its status),"
                        + " or the server has responded because the request failed",
                null);
    }

    static StreamOver ofBody(Throwable cause) {
        return new StreamOver("The body is not whole: " + cause.getMessage(), cause);
    }

    /** Whether this is the only reason for which a handler has failed. */
    static boolean isCauseOf(Throwable fault) {
        return fault instanceof StreamOver || fault.getCause() instanceof StreamOver;
    }
}
