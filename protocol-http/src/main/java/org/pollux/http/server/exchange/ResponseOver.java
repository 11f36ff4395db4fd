package org.pollux.http.server.exchange;

import java.io.IOException;

/** Tells a writer that may wait that nobody takes what it writes. It is not a fault of its handler. */
final class ResponseOver extends IOException {

    private static final long serialVersionUID = 1;

    ResponseOver() {
        super("The response is over: it was closed, the client has disconnected, or it has no body (to HEAD, or by its"
                + " status)");
    }

    /** Whether a handler has failed for no other reason. */
    static boolean isCauseOf(Throwable fault) {
        return fault instanceof ResponseOver || fault.getCause() instanceof ResponseOver;
    }
}
