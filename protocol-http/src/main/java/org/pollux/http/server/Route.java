package org.pollux.http.server;

import org.pollux.http.HttpHandler;

/** A handler and what was learned about it. From any loop. */
final class Route {

    private final HttpHandler handler;
    private volatile boolean answersLater;

    Route(HttpHandler handler) {
        this.handler = handler;
    }

    HttpHandler handler() {
        return handler;
    }

    /**
     * Whether it did not answer in its call, once. From then on each of its requests has objects of its own: somebody who
     * answers now in the call and now later (a cache, a time-out) tends to hold an answer for longer than he should, and
     * must not reach another request with it.
     */
    boolean answersLater() {
        return answersLater;
    }

    void hasAnsweredLater() {
        answersLater = true;
    }
}
