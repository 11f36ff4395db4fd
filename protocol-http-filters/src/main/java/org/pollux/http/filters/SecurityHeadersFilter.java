package org.pollux.http.filters;

import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private final ResponseInterceptor adds;

    /**
     * Makes the filter.
     *
     * @param fields the fields to add
     * @throws IllegalArgumentException when a name or a value cannot be that of a field: a line break would begin another field
     */
    public SecurityHeadersFilter(List<Header> fields) {
        List<Header> added = List.copyOf(fields);
        for (Header field : added) {
            if (!NAME.matcher(field.name()).matches() || !isValue(field.value())) {
                throw new IllegalArgumentException(
                        "'" + shown(field.name() + ": " + field.value()) + "' is not a field");
            }
        }
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

    /** Whether it can be the value of a field here: visible characters of ASCII, with spaces between them (RFC 9110, section 5.5). */
    static boolean isValue(String value) {
        return VALUE.matcher(value).matches();
    }

    /** For a message: characters that no field can have become question marks. */
    static String shown(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        next.handle(request, response.intercept(adds));
    }
}
