package org.pollux.http.server.exchange;

import java.io.IOException;

/** Thrown to a blocking writer whose response has ended. It is not a fault of its handler. */
final class ResponseOver extends IOException {

    private static final long serialVersionUID = 1;

    ResponseOver() {
        super("The response is over: it was closed, the client has disconnected, or it has no body (to HEAD, or by its"
                + " status)");
    }

    /** Whether this is the only reason for which a handler has failed. */
    static boolean isCauseOf(Throwable fault) {
        return fault instanceof ResponseOver || fault.getCause() instanceof ResponseOver;
    }
}
