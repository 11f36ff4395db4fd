package org.pollux.benchmarks.faulting;

import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** What is guarded. */
public final class Secret implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        response.send("secret".getBytes());
    }
}
