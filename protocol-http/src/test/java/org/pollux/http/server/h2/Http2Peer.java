package org.pollux.http.server.h2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.server.ClientEnd;
import org.pollux.http.server.HandEnd;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.hpack.HpackDecoder;
import org.pollux.http.wire.hpack.HpackEncoder;
import org.pollux.reactor.testkit.HandConnection;

/** A client that makes frames by hand, and reads those that come. It keeps no rule by itself. */
final class Http2Peer {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int PRIORITY_UPDATE = 16;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** A frame that has come. */
    @SuppressWarnings("ArrayRecordComponent") // it is compared by its text only
    record Frame(int type, int flags, int stream, byte[] payload) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }

        /** For messages of tests: RST_STREAM 1 PROTOCOL_ERROR. */
        @Override
        public String toString() {
            return type + "/" + flags + "/" + stream + "/" + HexFormat.of().formatHex(payload);
        }
    }

    final ClientEnd end;
    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder(4096);
    private final Deque<Frame> frames = new ArrayDeque<>();
    private byte[] rest = {};

    Http2Peer(ClientEnd end) {
        this.end = end;
    }

    /** A peer whose connection is in the test's hands. */
    Http2Peer(HandConnection connection) {
        this(new HandEnd(connection));
    }

    /** The connection that the test has in its hands. */
    HandConnection connection() {
        return ((HandEnd) end).connection();
    }

    // ---- to the server

    /** Sends the preface, and the settings with these numbers and values. */
    Http2Peer begin(int... settings) {
        return send(PREFACE.getBytes(ISO_8859_1), settings(settings));
    }

    /** A frame of settings with these numbers and values. */
    static byte[] settings(int... numbersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(numbersAndValues.length * 3);
        for (int i = 0; i < numbersAndValues.length; i += 2) {
            payload.putShort((short) numbersAndValues[i]).putInt(numbersAndValues[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    Http2Peer send(byte[]... bytes) {
        for (byte[] one : bytes) {
            if (end.isOpen()) {
                end.send(one);
            }
        }
        return this;
    }

    /** A block of fields: names and values in turn. */
    byte[] block(String... fields) {
        Bytes out = new Bytes(64);
        encoder.begin(out);
        for (int i = 0; i < fields.length; i += 2) {
            byte[] octets = (fields[i] + fields[i + 1]).getBytes(ISO_8859_1);
            encoder.field(octets, 0, fields[i].length(), fields[i + 1].length(), out);
        }
        return Arrays.copyOf(out.array(), out.size());
    }

    byte[] headers(int stream, int flags, String... fields) {
        return frame(HEADERS, END_HEADERS | flags, stream, block(fields));
    }

    /** A request without a body. */
    byte[] get(int stream, String path) {
        return headers(stream, END_STREAM, ":method", "GET", ":scheme", "http", ":path", path, ":authority", "h");
    }

    /** The head of a request whose body follows. */
    byte[] post(int stream, String path) {
        return headers(stream, 0, ":method", "POST", ":scheme", "http", ":path", path, ":authority", "h");
    }

    byte[] data(int stream, int flags, String text) {
        return frame(DATA, flags, stream, text.getBytes(ISO_8859_1));
    }

    byte[] reset(int stream) {
        return frame(RST_STREAM, 0, stream, number(8));
    }

    byte[] window(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, number(increment));
    }

    byte[] ping() {
        return frame(PING, 0, 0, new byte[8]);
    }

    // ---- from the server

    /** The frames that have come since the last call. */
    List<Frame> received() {
        byte[] more = end.taken();
        ByteBuffer in = ByteBuffer.allocate(rest.length + more.length)
                .put(rest)
                .put(more)
                .flip();
        while (in.remaining() >= 9 && in.remaining() >= 9 + (in.getInt(in.position()) >>> 8)) {
            int first = in.getInt();
            int flags = in.get() & 0xFF;
            int stream = in.getInt();
            byte[] payload = new byte[first >>> 8];
            in.get(payload);
            frames.add(new Frame(first & 0xFF, flags, stream, payload));
        }
        rest = new byte[in.remaining()];
        in.get(rest);
        List<Frame> all = List.copyOf(frames);
        frames.clear();
        return all;
    }

    /** The fields of a block that has come; each block must be decoded, in its order. */
    List<Header> fields(Frame frame) {
        List<Header> fields = new ArrayList<>();
        boolean valid = decoder.decode(
                ByteBuffer.wrap(frame.payload()),
                (octets, from, name, value) -> fields.add(new Header(
                        new String(octets, from, name, ISO_8859_1),
                        new String(octets, from + name, value, ISO_8859_1))));
        if (!valid) {
            throw new AssertionError("A malformed block: " + frame);
        }
        return fields;
    }
}
