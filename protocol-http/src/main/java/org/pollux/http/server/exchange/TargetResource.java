package org.pollux.http.server.exchange;

import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.server.syntax.PathPattern;

/** The target of a request (RFC 9110, section 7.1): its handler, with the filters in front of it. From any loop. */
public interface TargetResource {

    HttpHandler handler();

    /** The pattern that the paths of its requests match, for their parameters. */
    PathPattern pattern();

    /** Tells when the handler's service is gone; null for a response of the server itself. */
    @Nullable
    Departure departure();

    /** The number under which its requests are counted. */
    int meter();

    /** The body of a response with an error status; from any thread. */
    ErrorBody errorBody(int status, @Nullable Request request);
}
