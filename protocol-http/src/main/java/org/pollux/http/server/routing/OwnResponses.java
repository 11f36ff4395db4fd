package org.pollux.http.server.routing;

import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.Status;

/** What the server answers itself: a status, and a line of text that says no more. */
public final class OwnResponses {

    static final Route NOT_FOUND = error(404);
    static final Route CONTENT_TOO_LARGE = error(413);
    static final Route EXPECTATION_FAILED = error(417);
    static final Route NOT_IMPLEMENTED = error(501);
    /** A handler or a filter is away, or a filter that is demanded is not there. */
    public static final HttpHandler UNAVAILABLE =
            (request, response) -> response.header("Retry-After", "2").sendError(503);

    static final Route SERVER_OPTIONS = options("GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");

    private OwnResponses() {}

    static Route notAllowed(String allowed) {
        return route((request, response) -> response.header("Allow", allowed).sendError(405));
    }

    static Route options(String allowed) {
        return route((request, response) ->
                response.status(204).header("Allow", allowed).send());
    }

    private static Route error(int status) {
        return route((request, response) -> response.sendError(status));
    }

    private static Route route(HttpHandler handler) {
        return new Route(handler, PathPattern.EVERYTHING);
    }

    /** What is said of an error when no page says it. */
    static ErrorBody body(int status) {
        return new ErrorBody("text/plain", status + " " + Status.reason(status) + "\n");
    }
}
