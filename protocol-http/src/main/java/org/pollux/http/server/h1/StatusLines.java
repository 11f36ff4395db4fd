package org.pollux.http.server.h1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.pollux.http.server.syntax.Status;

/** The status lines of all final responses and of 101, as they are sent (RFC 9112, section 4). */
final class StatusLines {

    private static final byte[] SWITCHING = "HTTP/1.1 101 Switching Protocols\r\n".getBytes(US_ASCII);
    private static final byte[][] LINES = new byte[Status.LAST + 1 - Status.FIRST][];

    static {
        for (int code = Status.FIRST; code <= Status.LAST; code++) {
            LINES[code - Status.FIRST] = ("HTTP/1.1 " + code + " " + Status.reason(code) + "\r\n").getBytes(US_ASCII);
        }
    }

    private StatusLines() {}

    /** The line with its CRLF; it must not be changed. */
    static byte[] line(int code) {
        return code == Status.SWITCHING ? SWITCHING : LINES[code - Status.FIRST];
    }
}
