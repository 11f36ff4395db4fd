package org.pollux.http.filters;

import java.util.regex.Pattern;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Redirects requests by http to the same host, path and query by https (RFC 9110 section 15.4). Safe for use from any thread; it has
 * no state.
 */
public final class HttpsFilter implements HttpFilter {

    private static final int USUAL_PORT = 443;
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    /** What a target in absolute form has before its path (RFC 9112 section 3.2.2). */
    private static final Pattern ORIGIN = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

    private final String port;
    private final int status;

    /**
     * Makes the filter.
     *
     * @param port at which clients reach the server by https
     * @param status 308 for a permanent redirect, 307 for a temporary one
     */
    public HttpsFilter(int port, int status) {
        this.port = port == USUAL_PORT ? "" : ":" + port;
        this.status = status;
    }

    /** A request that names no host or no path, as {@code OPTIONS *}, cannot be redirected, and is served. */
    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        String host = PORT.matcher(request.authority()).replaceFirst("");
        String path = ORIGIN.matcher(request.target()).replaceFirst("");
        if (request.scheme().equals("https") || host.isEmpty() || path.equals("*")) {
            next.handle(request, response);
            return;
        }
        try {
            response.sendRedirect(status, "https://" + host + port + path);
        } catch (IllegalArgumentException _) {
            response.sendError(400); // the client did not encode its target
        }
    }
}
