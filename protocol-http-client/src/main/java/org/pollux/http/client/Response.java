package org.pollux.http.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A whole answer in memory. */
public final class Response {

    private final ResponseHead head;
    private final byte[] body;

    Response(ResponseHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    public ResponseHead head() {
        return head;
    }

    public int status() {
        return head.status();
    }

    /** The bytes themselves, no copy. */
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
