package org.pollux.http.client;

import java.nio.ByteBuffer;
import org.pollux.http.Header;
import org.pollux.http.wire.Bytes;

/** Writes the heads of requests (RFC 9112, section 3). */
final class RequestWriter {

    private final Bytes head = new Bytes(512);
    private final String userAgent;

    RequestWriter(String userAgent) {
        this.userAgent = userAgent;
    }

    /**
     * Whether the client asks for gzip and decodes it: not when the request has its own {@code Accept-Encoding}, or wants a
     * part.
     */
    static boolean asksForGzip(HttpRequest request) {
        return !request.hasHeader("Accept-Encoding") && !request.hasHeader("Range");
    }

    /** The head with its empty line, valid until the next one is written. */
    ByteBuffer head(HttpRequest request) {
        head.clear().add(request.method()).add(" ").add(request.url().target()).add(" HTTP/1.1\r\n");
        field("Host", request.url().authority());
        if (!userAgent.isEmpty() && !request.hasHeader("User-Agent")) {
            field("User-Agent", userAgent);
        }
        if (!request.hasHeader("Accept")) {
            field("Accept", "*/*");
        }
        if (asksForGzip(request)) {
            field("Accept-Encoding", "gzip");
        }
        for (Header header : request.headers()) {
            field(header.name(), header.value());
        }
        int length = request.body().map(ByteBuffer::remaining).orElse(-1);
        if (length >= 0 || wantsLength(request.method())) {
            head.add("Content-Length: ").add(Math.max(length, 0)).add("\r\n");
        }
        return head.add("\r\n").content();
    }

    private void field(String name, String value) {
        head.add(name).add(": ").add(value).add("\r\n");
    }

    /** Methods that usually have a body state that they have none (RFC 9110, section 8.6). */
    private static boolean wantsLength(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }
}
