package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pollux.reactor.Connection;

/** Writes answers (RFC 9112, section 2.1): the head and a small body in one piece, a large body as it is. */
final class ResponseWriter {

    /** Up to here copying a body is cheaper than a write of its own. */
    private static final int SMALL = 8 * 1024;

    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] END_OF_LINE = ascii("\r\n");

    private final Bytes out = new Bytes(1024);
    private final DateField date;
    private final byte[] server;

    ResponseWriter(HttpSettings settings, Time time) {
        date = new DateField(time);
        server = ascii(
                settings.server().map(value -> "Server: " + value + "\r\n").orElse(""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes an answer with an array as its body; this allocates nothing when the body is small.
     *
     * @param last whether the connection closes after it
     * @return whether the connection has room for another
     */
    boolean write(Connection connection, Answer answer, boolean last, byte[] body) {
        if (body.length > SMALL) {
            return write(connection, answer, last, ByteBuffer.wrap(body));
        }
        head(answer, last, body.length);
        if (!answer.isHeadOnly()) {
            out.add(body);
        }
        return connection.write(out.content());
    }

    /** Writes an answer with the rest of a buffer as its body, and reads that to its limit. */
    boolean write(Connection connection, Answer answer, boolean last, ByteBuffer body) {
        head(answer, last, body.remaining());
        if (answer.isHeadOnly()) {
            body.position(body.limit());
        } else if (body.remaining() <= SMALL) {
            out.add(body);
        }
        boolean room = connection.write(out.content());
        return body.hasRemaining() ? connection.write(body) : room;
    }

    private void head(Answer answer, boolean last, int length) {
        out.clear()
                .add(Status.line(answer.status()))
                .add(date.line())
                .add(server)
                .add(answer.fields());
        if (Status.allowsLength(answer.status())) {
            out.add(LENGTH).add(length).add(END_OF_LINE);
        }
        if (last) {
            out.add(CLOSE);
        } else if (answer.saysKeepAlive()) {
            out.add(KEEP_ALIVE);
        }
        out.add(END_OF_LINE);
    }
}
