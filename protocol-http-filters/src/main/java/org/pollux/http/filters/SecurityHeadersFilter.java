package org.pollux.http.filters;

import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;

/**
 * Adds fields by which browsers restrict what pages may do, such as {@code X-Content-Type-Options}, to each response, also the
 * server's own. A field that the handler has set stays as it is. Safe for use from any thread; it has no state.
 */
public final class SecurityHeadersFilter implements HttpFilter {

    private final ResponseInterceptor adds;

    /**
     * Makes the filter.
     *
     * @param fields the fields to add
     */
    public SecurityHeadersFilter(List<Header> fields) {
        List<Header> added = List.copyOf(fields);
        adds = new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                for (Header field : added) {
                    if (head.headers().first(field.name()).isEmpty()) {
                        head.header(field.name(), field.value());
                    }
                }
            }
        };
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        next.handle(request, response.intercept(adds));
    }
}
