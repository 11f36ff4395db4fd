package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.h1.HeadParser;
import org.pollux.http.server.syntax.PathPattern;

/** A handler at one path, with the filters in front of it. From any loop. */
public final class Route {

    private final HttpHandler handler;
    private final PathPattern pattern;
    private final ErrorPages pages;

    /** Null when nobody is away. */
    private final @Nullable Gate gate;

    Route(HttpHandler handler, PathPattern pattern) {
        this(handler, pattern, ErrorPages.NONE, null);
    }

    private Route(HttpHandler handler, PathPattern pattern, ErrorPages pages, @Nullable Gate gate) {
        this.handler = handler;
        this.pattern = pattern;
        this.pages = pages;
        this.gate = gate;
    }

    /** The same route with what stands around it at one moment. */
    Route within(HttpHandler chain, ErrorPages itsPages, @Nullable Gate itsGate) {
        return new Route(chain, pattern, itsPages, itsGate);
    }

    /** Whether the request whose head is at the buffer's position waits for somebody who is away. */
    public boolean isClosed(HeadParser head, ByteBuffer in) {
        return gate != null && gate.isClosed(head, in);
    }

    /** The error pages of the same moment. */
    public ErrorPages pages() {
        return pages;
    }

    public HttpHandler handler() {
        return handler;
    }

    /** What its request's path fits, for the parameters in it. */
    public PathPattern pattern() {
        return pattern;
    }
}
