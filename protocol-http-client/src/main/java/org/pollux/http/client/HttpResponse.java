package org.pollux.http.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A complete response in memory. */
public final class HttpResponse {

    private final HttpResponseHead head;
    private final byte[] body;

    public HttpResponse(HttpResponseHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** The head of the response. */
    public HttpResponseHead head() {
        return head;
    }

    /** The status in the head. */
    public int status() {
        return head.status();
    }

    /** The body; the array itself, not a copy. */
    public byte[] body() {
        return body;
    }

    /**
     * The body as text, decoded with the {@code charset} of its media type, or with UTF-8 when that is missing or unknown.
     */
    public String text() {
        return new String(body, charset(head.headers().first("Content-Type").orElse("")));
    }

    private static Charset charset(String mediaType) {
        for (String parameter : mediaType.split(";", -1)) {
            String[] pair = parameter.trim().split("=", 2);
            if (pair.length == 2 && pair[0].trim().equalsIgnoreCase("charset")) {
                @Nullable
                Charset named = Charset.forName(pair[1].replace("\"", "").trim(), null);
                return named == null ? StandardCharsets.UTF_8 : named;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
