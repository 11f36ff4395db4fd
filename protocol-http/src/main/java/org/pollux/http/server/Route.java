package org.pollux.http.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.pollux.http.HttpHandler;

/** A handler at one path, with the filters in front of it, and what was learned about it. From any loop. */
final class Route {

    private final HttpHandler handler;
    private final PathPattern pattern;
    private final AtomicBoolean answersLater;

    /**
     * Makes a route.
     *
     * @param answersLater shared by the routes of one handler, whatever happens around it
     */
    Route(HttpHandler handler, PathPattern pattern, AtomicBoolean answersLater) {
        this.handler = handler;
        this.pattern = pattern;
        this.answersLater = answersLater;
    }

    /** The same route with filters in front of it; what is learned is shared. */
    Route behind(HttpHandler chain) {
        return new Route(chain, pattern, answersLater);
    }

    HttpHandler handler() {
        return handler;
    }

    /** What its request's path fits, for the parameters in it. */
    PathPattern pattern() {
        return pattern;
    }

    /**
     * Whether it did not answer in its call, once. From then on each of its requests has objects of its own: somebody who
     * answers now in the call and now later (a cache, a time-out) tends to hold an answer for longer than he should, and
     * must not reach another request with it.
     */
    boolean answersLater() {
        return answersLater.get();
    }

    void hasAnsweredLater() {
        answersLater.set(true);
    }
}
