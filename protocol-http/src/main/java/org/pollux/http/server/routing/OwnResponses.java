package org.pollux.http.server.routing;

import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.syntax.Status;

/** The responses of the server itself: a status, and one line of text with no details. */
public final class OwnResponses {

    /** A handler or a filter is absent, or a demanded filter is missing. */
    public static final HttpHandler UNAVAILABLE =
            (request, response) -> response.header("Retry-After", "2").sendError(503);

    static final HttpHandler SERVER_OPTIONS = options("GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");

    private OwnResponses() {}

    static HttpHandler error(int status) {
        return (request, response) -> response.sendError(status);
    }

    static HttpHandler notAllowed(String allowed) {
        return (request, response) -> response.header("Allow", allowed).sendError(405);
    }

    static HttpHandler options(String allowed) {
        return (request, response) ->
                response.status(204).header("Allow", allowed).send();
    }

    /** The body for an error that has no error page. */
    static ErrorBody body(int status) {
        return new ErrorBody("text/plain", status + " " + Status.reason(status) + "\n");
    }
}
