package org.pollux.http.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pollux.http.HttpHandler;
import org.pollux.http.Response;

/** What the server answers itself: a status, and a line of text that says no more. */
final class OwnAnswers {

    static final Route NOT_FOUND = route((request, response) -> send(response, 404));
    static final Route NOT_IMPLEMENTED = route((request, response) -> send(response, 501));
    static final Route SERVER_OPTIONS = options("GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");

    private OwnAnswers() {}

    static Route notAllowed(String allowed) {
        return route((request, response) -> send(response.header("Allow", allowed), 405));
    }

    static Route options(String allowed) {
        return route((request, response) ->
                response.status(204).header("Allow", allowed).send());
    }

    private static Route route(HttpHandler handler) {
        return new Route(handler, PathPattern.EVERYTHING, new AtomicBoolean());
    }

    private static void send(Response response, int status) {
        response.status(status).header("Content-Type", "text/plain").send(body(status));
    }

    static byte[] body(int status) {
        return (status + " " + Status.reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
