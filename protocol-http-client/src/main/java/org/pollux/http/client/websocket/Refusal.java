package org.pollux.http.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.BodyDecoder;
import org.pollux.http.wire.Bytes;

/** A response that refuses the connection. It reads the beginning of the body, which often says why. */
final class Refusal {

    /** The octets of the body that the failure shows. */
    private static final int SHOWN = 256;

    private final String status;
    private final BodyDecoder body = new BodyDecoder();
    private final Bytes shown = new Bytes(SHOWN);

    Refusal(int status, String reason, Headers fields) {
        this.status = (status + " " + reason).strip();
        if (fields.first("Transfer-Encoding").isPresent()) {
            body.beginChunkedResponse(Long.MAX_VALUE, SHOWN);
        } else {
            body.beginLength(fields.first("Content-Length").map(Refusal::length).orElse(Long.MAX_VALUE));
        }
    }

    private static long length(String value) {
        try {
            return Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Takes a piece of the body. Whether enough of it is there. */
    boolean take(ByteBuffer in) {
        BodyDecoder.State state = body.decode(in);
        while (state == BodyDecoder.State.DATA && shown.size() < SHOWN && in.hasRemaining()) {
            int count = Math.min(body.run(in), SHOWN - shown.size());
            shown.add(in, count);
            body.taken(count);
            state = body.decode(in);
        }
        return shown.size() == SHOWN || state == BodyDecoder.State.END || state == BodyDecoder.State.FAULT;
    }

    /** The failure, in one line. */
    HttpFailure failure() {
        String text = new String(shown.array(), 0, shown.size(), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return new HttpFailure(
                Reason.STATUS, "the server refuses the WebSocket with " + status + (text.isEmpty() ? "" : ": " + text));
    }
}
