package org.pollux.http.server.routing;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.AcceptedTypes;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpHandler;
import org.pollux.http.Problem;
import org.pollux.http.Request;
import org.pollux.http.server.syntax.Status;

/** The responses of the server itself: a status, and one line of text with no details but those of a {@link Problem}. */
public final class OwnResponses {

    /** A handler or a filter is absent, or a demanded filter is missing. */
    public static final HttpHandler UNAVAILABLE =
            (request, response) -> response.header("Retry-After", "2").sendError(503);

    static final HttpHandler SERVER_OPTIONS = options("GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");

    private static final String PROBLEM = "application/problem+json";

    private OwnResponses() {}

    static HttpHandler error(int status) {
        return (request, response) -> response.sendError(status);
    }

    static HttpHandler notAllowed(String allowed) {
        return (request, response) -> response.header("Allow", allowed).sendError(405);
    }

    static HttpHandler options(String allowed) {
        return (request, response) ->
                response.status(204).header("Allow", allowed).send();
    }

    /** The body for an error that has no error page: a line of text, or a {@link Problem} for a client that wants JSON. */
    static ErrorBody body(int status, @Nullable Request request) {
        String line = status + " " + Status.reason(status) + "\n";
        if (request == null) {
            return new ErrorBody("text/plain", line);
        }
        Problem problem = request.attribute(Problem.class)
                .filter(some -> some.status() == status)
                .orElseGet(() -> Problem.of(status));
        if (wantsJson(AcceptedTypes.of(request.headers()))) {
            boolean named = problem.has("title") || problem.has("type");
            return new ErrorBody(PROBLEM, (named ? problem : problem.title(Status.reason(status))).toJson());
        }
        return problem.detail().isEmpty()
                ? new ErrorBody("text/plain", line)
                : new ErrorBody("text/plain; charset=utf-8", line + problem.detail() + "\n");
    }

    /** Tools that send {@code *}{@code /*} are used by people. */
    private static boolean wantsJson(AcceptedTypes accepted) {
        double text = accepted.quality("text/plain");
        return Stream.of(PROBLEM, "application/json")
                .anyMatch(type -> accepted.names(type) && accepted.quality(type) >= text);
    }
}
