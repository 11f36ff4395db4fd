package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;

/** A handler at one path, with the filters in front of it, and what was learned about it. From any loop. */
final class Route {

    private final HttpHandler handler;
    private final PathPattern pattern;
    private final AtomicBoolean answersLater;
    private final ErrorPages pages;

    /** Null when nobody is away. */
    private final @Nullable Gate gate;

    /**
     * Makes a route.
     *
     * @param answersLater shared by the routes of one handler, whatever happens around it
     */
    Route(HttpHandler handler, PathPattern pattern, AtomicBoolean answersLater) {
        this(handler, pattern, answersLater, ErrorPages.NONE, null);
    }

    private Route(
            HttpHandler handler,
            PathPattern pattern,
            AtomicBoolean answersLater,
            ErrorPages pages,
            @Nullable Gate gate) {
        this.handler = handler;
        this.pattern = pattern;
        this.answersLater = answersLater;
        this.pages = pages;
        this.gate = gate;
    }

    /** The same route with what stands around it at one moment; what is learned is shared. */
    Route within(HttpHandler chain, ErrorPages itsPages, @Nullable Gate itsGate) {
        return new Route(chain, pattern, answersLater, itsPages, itsGate);
    }

    /** Whether the request whose head is at the buffer's position waits for somebody who is away. */
    boolean isClosed(HeadParser head, ByteBuffer in) {
        return gate != null && gate.isClosed(head, in);
    }

    /** The error pages of the same moment. */
    ErrorPages pages() {
        return pages;
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
