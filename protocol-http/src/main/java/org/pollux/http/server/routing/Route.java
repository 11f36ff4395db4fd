package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.server.exchange.Departure;
import org.pollux.http.server.exchange.TargetResource;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.PathPattern;

/** A handler at one path, with the filters in front of it. From any loop. */
public final class Route implements TargetResource {

    private final HttpHandler handler;
    private final PathPattern pattern;
    private final ErrorPages pages;

    private final @Nullable Departure departure;

    /** Null when no service is absent. */
    private final @Nullable Gate gate;

    private final int meter;

    Route(
            HttpHandler handler,
            PathPattern pattern,
            ErrorPages pages,
            @Nullable Departure departure,
            @Nullable Gate gate,
            int meter) {
        this.meter = meter;
        this.handler = handler;
        this.pattern = pattern;
        this.pages = pages;
        this.departure = departure;
        this.gate = gate;
    }

    /** Whether the request whose head is at the buffer's position waits for an absent service. */
    public boolean isClosed(HeadLayout head, ByteBuffer in) {
        return gate != null && gate.isClosed(head, in);
    }

    /** Uses the error pages of the same table. */
    @Override
    public ErrorBody errorBody(int status, @Nullable Request request) {
        return pages.body(status, request);
    }

    @Override
    public HttpHandler handler() {
        return handler;
    }

    @Override
    public @Nullable Departure departure() {
        return departure;
    }

    @Override
    public PathPattern pattern() {
        return pattern;
    }

    @Override
    public int meter() {
        return meter;
    }
}
