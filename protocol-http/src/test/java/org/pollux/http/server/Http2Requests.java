package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.FrameWriter;
import org.pollux.http.wire.hpack.HpackEncoder;

/** The same requests over HTTP/2 again and again, each time on new streams. */
final class Http2Requests {

    private static final int STREAM_OFFSET = 5;

    private static final List<String> FIELDS = List.of(
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "localhost:8080",
            "accept",
            "text/plain, */*;q=0.1",
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64)",
            "cookie",
            "uid=12345678901234567890");

    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final ByteBuffer first;
    private final ByteBuffer again;
    private final int length;
    private int stream = 3;

    Http2Requests(int count) {
        first = frame(1);
        ByteBuffer one = frame(3);
        length = one.remaining();
        again = ByteBuffer.allocateDirect(count * length);
        for (int i = 0; i < count; i++) {
            again.put(one.duplicate());
        }
    }

    private ByteBuffer frame(int of) {
        Bytes block = new Bytes(64);
        encoder.begin(block);
        for (int i = 0; i < FIELDS.size(); i += 2) {
            field(FIELDS.get(i), FIELDS.get(i + 1), block);
        }
        // clients do not add paths to their tables
        block.add((byte) 0x04).add((byte) "/plaintext".length()).add("/plaintext");
        Bytes out = new Bytes(64);
        FrameWriter.headers(out, of, true, pathInFront(block), FrameReader.LEAST_MOST);
        return ByteBuffer.allocate(out.size()).put(out.content()).flip();
    }

    /** Pseudo fields come first. */
    private static Bytes pathInFront(Bytes block) {
        int path = 2 + "/plaintext".length();
        int rest = block.size() - path;
        return new Bytes(64).add(block.array(), rest, block.size()).add(block.array(), 0, rest);
    }

    private void field(String name, String value, Bytes block) {
        byte[] octets = (name + value).getBytes(StandardCharsets.US_ASCII);
        encoder.field(octets, 0, name.length(), value.length(), block);
    }

    /** With the largest window for the connection. */
    static ByteBuffer preface() {
        Bytes out = new Bytes(64).add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        FrameWriter.settings(out, 0);
        FrameWriter.windowUpdate(out, 0, Integer.MAX_VALUE - 65_535);
        return ByteBuffer.allocate(out.size()).put(out.content()).flip();
    }

    /** The preface, and a request that adds its fields to the tables. */
    ByteBuffer first() {
        ByteBuffer preface = preface();
        return ByteBuffer.allocate(preface.remaining() + first.remaining())
                .put(preface)
                .put(first)
                .flip();
    }

    /** As many requests as there are, on the next streams. */
    ByteBuffer next() {
        for (int at = STREAM_OFFSET; at < again.capacity(); at += length) {
            again.putInt(at, stream);
            stream += 2;
        }
        return again.clear();
    }
}
