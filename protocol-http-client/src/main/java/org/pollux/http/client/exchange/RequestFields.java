package org.pollux.http.client.exchange;

import java.util.OptionalLong;
import org.pollux.http.Header;
import org.pollux.http.client.HttpRequest;

/** The fields of a request beside those that say where it goes: those of the client, those of the request, the length. */
public final class RequestFields {

    /** Takes them, in their order. */
    @FunctionalInterface
    public interface Sink {

        void field(String name, String value);
    }

    private RequestFields() {}

    /**
     * Whether the client asks for gzip and decodes it: not when the request has its own {@code Accept-Encoding}, or wants a
     * part.
     */
    static boolean askForGzip(HttpRequest request) {
        return !request.hasHeader("Accept-Encoding") && !request.hasHeader("Range");
    }

    /** Passes on the fields of a request. */
    public static void of(HttpRequest request, String userAgent, Sink sink) {
        if (!userAgent.isEmpty() && !request.hasHeader("User-Agent")) {
            sink.field("User-Agent", userAgent);
        }
        if (!request.hasHeader("Accept")) {
            sink.field("Accept", "*/*");
        }
        if (askForGzip(request)) {
            sink.field("Accept-Encoding", "gzip");
        }
        for (Header header : request.headers()) {
            sink.field(header.name(), header.value());
        }
        OptionalLong length = request.body().length();
        if (request.hasBody() ? length.isPresent() : wantsLength(request.method())) {
            sink.field("Content-Length", Long.toString(length.orElse(0)));
        }
        if (request.hasBody() && request.expectContinue()) {
            sink.field("Expect", "100-continue");
        }
    }

    /** Methods that usually have a body state that they have none (RFC 9110, section 8.6). */
    private static boolean wantsLength(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }
}
