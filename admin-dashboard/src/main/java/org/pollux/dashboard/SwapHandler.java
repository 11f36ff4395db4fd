package org.pollux.dashboard;

import java.util.Optional;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.reactor.admin.Server;

/**
 * Swaps the backend: {@code POST ?backend=NAME}. The response is one line for people: what the swap did, or why it could not. It waits
 * for the loops, so it is called on a thread of its own.
 */
final class SwapHandler implements HttpHandler {

    private final Server server;

    SwapHandler(Server server) {
        this.server = server;
    }

    @Override
    public void handle(Request request, Response response) {
        Guard.admitChange(request);
        Guard.protect(response).header("Content-Type", "text/plain; charset=utf-8");
        Optional<String> backend = request.queryParameters().first("backend");
        if (backend.isEmpty()) {
            response.status(400).send("Name the backend: ?backend=nio\n");
            return;
        }
        try {
            response.send(server.swap(backend.get()) + "\n");
        } catch (IllegalArgumentException e) {
            response.status(404).send(e.getMessage() + "\n");
        } catch (IllegalStateException e) {
            response.status(409).send(e.getMessage() + "\n");
        }
    }
}
