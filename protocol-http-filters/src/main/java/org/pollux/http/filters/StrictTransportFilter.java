package org.pollux.http.filters;

import java.time.Duration;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;

/**
 * Tells browsers to use https alone for this host (RFC 6797): each response to a request by https has the field {@code
 * Strict-Transport-Security}, also the server's own responses. Safe for use from any thread; it has no state.
 */
public final class StrictTransportFilter implements HttpFilter {

    static final String FIELD = "Strict-Transport-Security";

    private final ResponseInterceptor adds;

    /**
     * Makes the filter.
     *
     * @param memory how long a browser remembers it; zero lets it forget at once
     * @param subdomains whether it also holds for all hosts below this one
     */
    public StrictTransportFilter(Duration memory, boolean subdomains) {
        String value = "max-age=" + memory.toSeconds() + (subdomains ? "; includeSubDomains" : "");
        adds = new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                head.setHeader(FIELD, value);
            }
        };
    }

    /** A browser must ignore the field in a response that could have been changed on its way. */
    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        if (request.scheme().equals("https")) {
            response.intercept(adds);
        }
        next.handle(request, response);
    }
}
