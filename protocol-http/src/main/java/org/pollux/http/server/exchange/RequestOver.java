package org.pollux.http.server.exchange;

/** Thrown when a handler uses a request that is over. Its insides may already serve another request. */
final class RequestOver extends IllegalStateException {

    private static final long serialVersionUID = 1;

    RequestOver() {
        super("The request is over, because its response was sent, by its handler or by the server: read its values"
                + " and keep them before the response is complete");
    }
}
