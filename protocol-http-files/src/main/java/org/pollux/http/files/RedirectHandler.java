package org.pollux.http.files;

import java.util.List;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Redirects clients: a path below its own is appended to another path or URI, with its query. Without OSGi, mount it
 * with {@code Mount.at("/old").subpaths().methods("*")}. Safe for use from any thread; it has no state.
 */
public final class RedirectHandler implements HttpHandler {

    private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

    private final String target;
    private final int status;

    /**
     * Redirects to a target.
     *
     * @param target a path that begins with a slash, or an absolute URI; percent-encoded
     * @param status 301 or 308: permanent; 302 or 307: temporary; 303: see other (RFC 9110, section 15.4). 307 and 308
     *     keep the method and the body
     * @throws IllegalArgumentException for any other value, with the remedy
     */
    public RedirectHandler(String target, int status) {
        if (!target.matches("(/(?!/)|[A-Za-z][A-Za-z0-9+.-]*://[^/])[!-~&&[^?#\\\\]]*")) {
            throw new IllegalArgumentException(
                    "'" + target + "' is not a redirect target: write /path or https://host/path, percent-encoded");
        }
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException("status must be one of " + STATUSES + ", but is " + status);
        }
        this.target = target;
        this.status = status;
    }

    @Override
    public void handle(Request request, Response response) {
        response.status(status)
                .header("Location", Redirection.below(target, request))
                .send();
    }
}
