package org.pollux.http.server;

import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Calls a handler that blocks on a virtual thread of its own for each request. */
final class OnVirtualThread implements HttpHandler {

    private static final Thread.Builder THREADS = Thread.ofVirtual().name("pollux-http-handler");

    private final HttpHandler handler;

    OnVirtualThread(HttpHandler handler) {
        this.handler = handler;
    }

    @Override
    public void handle(Request request, Response response) {
        if (!(response instanceof ResponseHandle handle)) {
            throw new IllegalArgumentException(
                    "A filter must hand on the response as it is, and use its intercept() to change the answer");
        }
        handle.share();
        Thread _ = THREADS.start(() -> run(request, handle));
    }

    private void run(Request request, ResponseHandle response) {
        try {
            handler.handle(request, response);
            response.returned();
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the answer
            response.failed(fault);
        }
    }
}
