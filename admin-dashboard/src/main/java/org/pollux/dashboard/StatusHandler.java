package org.pollux.dashboard;

import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.reactor.admin.StatusDocument;

/** Sends the status, as {@code pollux status --json} prints it. It waits for other bundles, so it is called on a thread of its own. */
final class StatusHandler implements HttpHandler {

    private final StatusDocument status;

    StatusHandler(StatusDocument status) {
        this.status = status;
    }

    @Override
    public void handle(Request request, Response response) {
        Guard.admit(request);
        Guard.protect(response).header("Content-Type", "application/json").send(status.json() + "\n");
    }
}
