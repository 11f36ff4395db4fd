package org.pollux.http.server;

import java.nio.charset.StandardCharsets;
import org.pollux.http.Response;

/** What the server answers itself: a status, and a line of text that says no more. */
final class OwnAnswers {

    static final Route NOT_FOUND = new Route((request, response) -> send(response, 404));
    static final Route NOT_ALLOWED = new Route((request, response) -> send(response.header("Allow", "GET, HEAD"), 405));
    static final Route NOT_IMPLEMENTED = new Route((request, response) -> send(response, 501));

    private OwnAnswers() {}

    private static void send(Response response, int status) {
        response.status(status).header("Content-Type", "text/plain").send(body(status));
    }

    static byte[] body(int status) {
        return (status + " " + Status.reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
