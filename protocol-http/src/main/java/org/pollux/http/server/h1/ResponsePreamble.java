package org.pollux.http.server.h1;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.pollux.http.HttpDate;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.wire.Bytes;

/**
 * The beginning of every response: the status line, {@code Date} (RFC 9110, section 6.6.1) and {@code Server}. The date is
 * written at most once in each second, together with the most frequent beginning. The responses of one callback have the
 * same date, because reading the clock measurably slows pipelined requests.
 */
final class ResponsePreamble {

    private final Time time;
    private final String server;
    private long second = Long.MIN_VALUE;
    private boolean inCallback;
    private boolean renewed;
    private byte[] fields = {};
    private byte[] ok = {};

    ResponsePreamble(Optional<String> server, Time time) {
        this.server = server.map(value -> "Server: " + value + "\r\n").orElse("");
        this.time = time;
    }

    void enterCallback() {
        inCallback = true;
        renewed = false;
    }

    void leaveCallback() {
        inCallback = false;
    }

    /** Adds the beginning of a response that is sent immediately. */
    void addTo(Bytes out, int status) {
        if (!inCallback || !renewed) {
            renew();
            renewed = true;
        }
        if (status == 200) {
            out.add(ok);
        } else {
            out.add(StatusLines.line(status)).add(fields);
        }
    }

    private void renew() {
        long now = Math.floorDiv(time.millis(), 1000L);
        if (now != second) {
            second = now;
            String text = "Date: " + HttpDate.format(Instant.ofEpochSecond(now)) + "\r\n" + server;
            fields = text.getBytes(StandardCharsets.ISO_8859_1);
            ok = (new String(StatusLines.line(200), StandardCharsets.ISO_8859_1) + text)
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
