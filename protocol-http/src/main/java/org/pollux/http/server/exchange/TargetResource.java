package org.pollux.http.server.exchange;

import org.jspecify.annotations.Nullable;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.server.syntax.PathPattern;

/** What a request is for (RFC 9110, section 7.1): its handler, with all that is in front of it. From any loop. */
public interface TargetResource {

    HttpHandler handler();

    /** What the path of its requests fits, for the parameters in it. */
    PathPattern pattern();

    /** What is sent with the status of an error; from any thread. */
    ErrorBody errorBody(int status, @Nullable Request request);
}
