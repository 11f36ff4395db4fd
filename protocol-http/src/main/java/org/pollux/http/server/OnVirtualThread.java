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
        if (!(response instanceof Answer answer)) {
            throw new IllegalArgumentException(
                    "A filter must hand on the response as it is, and use its intercept() to change the answer");
        }
        Thread _ = THREADS.start(() -> run(request, answer));
    }

    private void run(Request request, Answer answer) {
        try {
            handler.handle(request, answer);
            answer.returned();
        } catch (Throwable fault) { // an Error too: a handler's missing class must not cost its client the answer
            answer.failed(fault);
        }
    }
}
