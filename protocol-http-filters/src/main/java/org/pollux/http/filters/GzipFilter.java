package org.pollux.http.filters;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * Compresses responses for clients that accept gzip (RFC 9110, section 8.4.1.3), whole ones and streams. A {@code
 * flush} of a stream reaches the client. It leaves some responses unchanged: other types, short bodies, encoded bodies,
 * parts, and responses with {@code no-transform} (RFC 9111, section 5.2.2.6). Safe for use from any thread; it has no
 * state.
 *
 * <p>A response that could be compressed varies with {@code Accept-Encoding}, compressed or not. For a client that
 * accepts gzip its strong tag becomes weak (section 8.8.1), because the bytes usually differ. The same holds for
 * everything else with that tag: a body too short to be compressed, a part (206, section 15.3.7), and a 304 (section
 * 15.4.5). A part or a 304 that does not name the type of the whole counts as compressible. Compressed responses have
 * no ranges.
 */
public final class GzipFilter implements HttpFilter, ResponseInterceptor {

    /** The type of a response with several parts, each of which has the type of the whole. */
    private static final String PARTS = "multipart/byteranges";

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
        if (!isCompressible(head)) {
            return;
        }
        addVary(head);
        if (isWanted(head.request().headers())) {
            if (isWhole(head) && isLong(head.length())) {
                head.header("Content-Encoding", "gzip").removeHeader("Accept-Ranges");
                head.encode(new GzipEncoder(settings.level()));
            }
            weaken(head);
        }
    }

    /** Whether the response is, or belongs to, a body that can be compressed. */
    private boolean isCompressible(ResponseHead head) {
        Headers headers = head.headers();
        return head.status() != 204
                && head.status() != 205
                && isIncluded(headers.first("Content-Type"), head.status())
                && headers.first("Content-Encoding").isEmpty()
                && headers.all("Cache-Control").stream().noneMatch(value -> names(value, "no-transform"));
    }

    private boolean isIncluded(Optional<String> type, int status) {
        boolean unknown = type.isEmpty()
                ? status == 206 || status == 304
                : status == 206 && type.get().regionMatches(true, 0, PARTS, 0, PARTS.length());
        return unknown || type.filter(settings::include).isPresent();
    }

    private static boolean isWhole(ResponseHead head) {
        return head.status() != 206
                && head.status() != 304
                && head.headers().first("Content-Range").isEmpty();
    }

    private boolean isLong(OptionalLong length) {
        return length.isEmpty() || length.getAsLong() >= settings.minLength();
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

    private static void weaken(ResponseHead head) {
        head.headers()
                .first("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .ifPresent(tag -> head.setHeader("ETag", "W/" + tag));
    }
}
