package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.wire.Bytes;
import org.pollux.reactor.Connection;

/** Writes responses (RFC 9112, section 2.1): the head and a small body in one piece, a large body without a copy. */
final class ResponseWriter {

    /** Up to this size, copying a body is cheaper than a separate write. */
    private static final int SMALL = 8 * 1024;

    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");
    private static final byte[] END_OF_LINE = ascii("\r\n");

    private final Bytes out = new Bytes(1024);
    private final ResponsePreamble begin;

    ResponseWriter(HttpSettings settings, Time time) {
        begin = new ResponsePreamble(settings.server(), time);
    }

    /** All responses until {@link #leaveCallback} have the same date. */
    void enterCallback() {
        begin.enterCallback();
    }

    void leaveCallback() {
        begin.leaveCallback();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes a response with an array as its body; this allocates nothing when the body is small.
     *
     * @param last whether the connection closes after it
     * @return whether the connection has room for another response
     */
    boolean write(Connection connection, OutgoingResponse response, boolean last, byte[] body) {
        if (body.length > SMALL) {
            return write(connection, response, last, ByteBuffer.wrap(body));
        }
        head(response, last, body.length);
        if (!response.isBodyless()) {
            out.add(body);
        }
        return connection.write(out.content());
    }

    /** Writes a response with the rest of a buffer as its body, and reads that to its limit. */
    boolean write(Connection connection, OutgoingResponse response, boolean last, ByteBuffer body) {
        head(response, last, body.remaining());
        if (response.isBodyless()) {
            body.position(body.limit());
        } else if (body.remaining() <= SMALL) {
            out.add(body);
        }
        boolean room = connection.write(out.content());
        return body.hasRemaining() ? connection.write(body) : room;
    }

    /**
     * Writes the head of a response whose body comes in pieces.
     *
     * @param length of the body, -1 when it is not known
     */
    boolean writeHead(Connection connection, OutgoingResponse response, boolean last, long length) {
        head(response, last, length);
        return connection.write(out.content());
    }

    /** Writes a response to HEAD without a length, because the length of its body is unknown. */
    boolean writeHeadOnly(Connection connection, OutgoingResponse response, boolean last) {
        begin(response);
        return connection.write(end(response, last).content());
    }

    /** Writes a piece of a body. */
    boolean writeBody(Connection connection, BodyFraming framing, ByteBuffer data) {
        return framing == BodyFraming.CHUNKED ? writeChunk(connection, data) : connection.write(data);
    }

    /** Writes a chunk. It has at least one byte, because an empty chunk would end the body (RFC 9112, section 7.1). */
    private boolean writeChunk(Connection connection, ByteBuffer data) {
        out.clear().addHex(data.remaining()).add(END_OF_LINE);
        if (data.remaining() <= SMALL) {
            return connection.write(out.add(data).add(END_OF_LINE).content());
        }
        boolean _ = connection.write(out.content());
        boolean _ = connection.write(data);
        return connection.write(out.clear().add(END_OF_LINE).content());
    }

    /** Writes the end of a body in chunks, with the fields behind it. */
    boolean writeLastChunk(Connection connection, Bytes trailers) {
        return connection.write(
                out.clear().add(LAST_CHUNK).add(trailers).add(END_OF_LINE).content());
    }

    /** Writes an interim response (RFC 9110, section 15.2). */
    boolean writeInterim(Connection connection, int status, Bytes fields) {
        out.clear()
                .add("HTTP/1.1 ")
                .add(status)
                .add(" ")
                .add(Status.reason(status))
                .add(END_OF_LINE);
        return connection.write(out.add(fields).add(END_OF_LINE).content());
    }

    private void head(OutgoingResponse response, boolean last, long length) {
        begin(response);
        if (response.isUpgrade()) {
            out.add(UPGRADE).add(response.protocol()).add(END_OF_LINE).add(END_OF_LINE);
            return;
        }
        if (length >= 0 && response.allowsLength()) {
            out.add(LENGTH).add(length).add(END_OF_LINE);
        } else if (length < 0 && !response.isOld()) {
            out.add(CHUNKED);
        }
        end(response, last);
    }

    private void begin(OutgoingResponse response) {
        if (response.status() == 304) {
            response.removeMetadata();
        }
        begin.addTo(out.clear(), response.status());
        out.add(response.fields());
    }

    private Bytes end(OutgoingResponse response, boolean last) {
        if (last) {
            out.add(CLOSE);
        } else if (response.isOld()) {
            out.add(KEEP_ALIVE);
        }
        return out.add(END_OF_LINE);
    }
}
