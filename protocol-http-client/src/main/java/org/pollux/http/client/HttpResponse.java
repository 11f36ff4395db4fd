package org.pollux.http.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A whole response in memory. */
public final class HttpResponse {

    private final HttpResponseHead head;
    private final byte[] body;

    HttpResponse(HttpResponseHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** Its head. */
    public HttpResponseHead head() {
        return head;
    }

    /** The status of its head. */
    public int status() {
        return head.status();
    }

    /** The body; the array itself, not a copy. */
    public byte[] body() {
        return body;
    }

    /** The body as text in the {@code charset} that its media type names, in UTF-8 when it names none that is known. */
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
