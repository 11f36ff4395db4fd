package org.pollux.http.filters;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.User;

/** What the filters for authentication ask of a client, and how they respond (RFC 9110, section 11). */
final class Challenge {

    private final String scheme;
    private final String field;

    /**
     * Makes a challenge.
     *
     * @param realm other characters than ASCII, quotes and backslashes become question marks: a bad realm must not leave
     *     a path without its filter
     * @param more parameters behind the realm
     */
    Challenge(String scheme, String realm, String more) {
        this.scheme = scheme;
        this.field = scheme + " realm=\"" + realm.replaceAll("[^ -~]|[\"\\\\]", "?") + "\"" + more;
    }

    /** The text behind the scheme in the request's only field {@code Authorization}; null when there is no such field. */
    static @Nullable String credentials(Request request, String scheme) {
        List<String> values = request.headers().all("Authorization");
        String prefix = scheme + ' ';
        return values.size() == 1 && values.getFirst().regionMatches(true, 0, prefix, 0, prefix.length())
                ? values.getFirst().substring(prefix.length()).strip()
                : null;
    }

    /** The user passes. */
    static void pass(String user, Request request, Response response, HttpHandler next) throws Exception {
        request.attribute(User.class, new User(user));
        next.handle(request, response);
    }

    /** Asks for credentials, or for other ones. */
    void send(Request request, Response response) {
        boolean wrong = scheme.equals("Bearer") && credentials(request, scheme) != null;
        response.header("WWW-Authenticate", wrong ? field + ", error=\"invalid_token\"" : field)
                .sendError(401);
    }

    /** Nobody can be checked now. */
    static void unavailable(Response response) {
        response.header("Retry-After", "2").sendError(503);
    }
}
