package org.pollux.http.filters;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestWrapper;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;

/**
 * Gives each request an id, by which it can be found in every log. It is the value of the field {@code X-Request-Id},
 * if the client or a proxy has sent one that is safe in a log, and otherwise 128 random bits. Handlers read it from the
 * same field of the request. Each response has it as well, also the server's own responses. Safe for use from any
 * thread; it has no state.
 */
public final class RequestIdFilter implements HttpFilter {

    static final String FIELD = "X-Request-Id";

    /** Characters without a special meaning in a log, a shell or a page. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:=+/-]{1,128}");

    private static final HexFormat HEX = HexFormat.of();

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        List<String> sent = request.headers().all(FIELD);
        boolean sane = sent.size() == 1 && SANE.matcher(sent.getFirst()).matches();
        String id = sane ? sent.getFirst() : random();
        response.intercept(new IdOfResponse(id));
        next.handle(sane ? request : new Named(request, id), response);
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    private record IdOfResponse(String id) implements ResponseInterceptor {

        @Override
        public void onHead(ResponseHead head) {
            head.setHeader(FIELD, id);
        }
    }

    /** A request with our id instead of the received one. */
    private static final class Named extends RequestWrapper implements Headers {

        private final Headers sent;
        private final String id;

        Named(Request request, String id) {
            super(request);
            this.sent = request.headers();
            this.id = id;
        }

        @Override
        public Headers headers() {
            return this;
        }

        @Override
        public Optional<String> first(String name) {
            return name.equalsIgnoreCase(FIELD) ? Optional.of(id) : sent.first(name);
        }

        @Override
        public List<String> all(String name) {
            return name.equalsIgnoreCase(FIELD) ? List.of(id) : sent.all(name);
        }

        @Override
        public Iterator<Header> iterator() {
            List<Header> headers = new ArrayList<>();
            for (Header header : sent) {
                if (!header.name().equalsIgnoreCase(FIELD)) {
                    headers.add(header);
                }
            }
            headers.add(new Header(FIELD, id));
            return headers.iterator();
        }
    }
}
