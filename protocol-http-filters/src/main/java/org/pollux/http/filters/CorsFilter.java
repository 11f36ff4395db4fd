package org.pollux.http.filters;

import java.util.Optional;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;

/**
 * Lets pages of other origins use handlers (Fetch Standard, section 3.3, the CORS protocol). It responds to preflights itself:
 * with 204, or with 403 to an origin that is not allowed. Other requests of such an origin are served, and the browser keeps
 * the response from the page; it does not protect from forged requests. Safe for use from any thread; it has no state.
 */
public final class CorsFilter implements HttpFilter {

    private final CorsSettings settings;
    private final ResponseInterceptor adds;

    /** Makes the filter. */
    public CorsFilter(CorsSettings settings) {
        this.settings = settings;
        this.adds = new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                add(head);
            }
        };
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        Optional<String> origin = origin(request);
        response.intercept(adds);
        if (origin.isEmpty()
                || !request.method().equals("OPTIONS")
                || request.headers().first("Access-Control-Request-Method").isEmpty()) {
            next.handle(request, response);
        } else if (settings.allows(origin.get())) {
            preflight(response);
        } else {
            response.sendError(403);
        }
    }

    private static Optional<String> origin(Request request) {
        return request.headers().first("Origin");
    }

    private void preflight(Response response) {
        String methods = String.join(", ", settings.methods());
        if (!methods.isEmpty()) {
            response.header("Access-Control-Allow-Methods", methods);
        }
        if (!settings.headers().isEmpty()) {
            response.header("Access-Control-Allow-Headers", String.join(", ", settings.headers()));
        }
        response.header(
                "Access-Control-Max-Age", String.valueOf(settings.memory().toSeconds()));
        response.status(204).send();
    }

    /** Also to responses of the server itself, so that a page can read an error. */
    private void add(ResponseHead head) {
        Optional<String> origin = origin(head.request()).filter(settings::allows);
        if (settings.isForAll()) {
            if (origin.isPresent()) {
                head.setHeader("Access-Control-Allow-Origin", CorsSettings.ALL);
            }
        } else {
            head.header("Vary", "Origin"); // a cache must not give one origin's response to another
            if (origin.isPresent()) {
                head.setHeader("Access-Control-Allow-Origin", origin.get());
            }
        }
        if (origin.isPresent() && settings.credentials()) {
            head.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (origin.isPresent() && !settings.exposed().isEmpty()) {
            head.setHeader("Access-Control-Expose-Headers", String.join(", ", settings.exposed()));
        }
    }
}
