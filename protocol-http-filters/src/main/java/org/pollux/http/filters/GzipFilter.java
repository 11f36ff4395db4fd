package org.pollux.http.filters;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.pollux.http.AcceptedCodings;
import org.pollux.http.Headers;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;

/**
 * Compresses answers for clients that can read it (RFC 9110, section 8.4.1.3), whole ones and streams; a stream's
 * {@code flush} reaches the client. Left as they are: answers with another type, shorter ones, such as are encoded already,
 * parts, and those that say {@code no-transform} (RFC 9111, section 5.2.2.6). For any thread; it has no state.
 *
 * <p>An answer that could be compressed varies with {@code Accept-Encoding}, compressed or not. When it is, a strong tag
 * becomes weak (section 8.8.1), since the bytes are other ones, and it has no ranges.
 */
public final class GzipFilter implements HttpFilter, ResponseInterceptor {

    private final GzipSettings settings;

    public GzipFilter(GzipSettings settings) {
        this.settings = settings;
    }

    @Override
    public void filter(Request request, Response response, HttpHandler next) throws Exception {
        next.handle(request, response.intercept(this));
    }

    @Override
    public void onHead(ResponseHead head) {
        if (isCompressible(head)) {
            addVary(head);
            if (isWanted(head.request().headers())) {
                compress(head);
            }
        }
    }

    private boolean isCompressible(ResponseHead head) {
        Headers headers = head.headers();
        OptionalLong length = head.length();
        return hasWholeBody(head.status())
                && (length.isEmpty() || length.getAsLong() >= settings.minLength())
                && headers.first("Content-Type").filter(settings::include).isPresent()
                && headers.first("Content-Encoding").isEmpty()
                && headers.first("Content-Range").isEmpty()
                && headers.all("Cache-Control").stream().noneMatch(value -> names(value, "no-transform"));
    }

    private static boolean hasWholeBody(int status) {
        return status != 204 && status != 205 && status != 206 && status != 304;
    }

    private static void addVary(ResponseHead head) {
        List<String> varies = head.headers().all("Vary");
        if (varies.stream().noneMatch(value -> names(value, "accept-encoding") || names(value, "*"))) {
            head.header("Vary", "Accept-Encoding");
        }
    }

    private static boolean names(String list, String element) {
        return List.of(list.toLowerCase(Locale.ROOT).split("[ \t]*,[ \t]*", -1)).contains(element);
    }

    private static boolean isWanted(Headers request) {
        AcceptedCodings accepted = AcceptedCodings.of(request);
        double gzip = accepted.quality("gzip");
        return gzip > 0 && gzip >= accepted.ofIdentity();
    }

    private void compress(ResponseHead head) {
        head.header("Content-Encoding", "gzip").removeHeader("Accept-Ranges").encode(new GzipEncoder(settings.level()));
        head.headers()
                .first("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .ifPresent(tag -> head.removeHeader("ETag").header("ETag", "W/" + tag));
    }
}
