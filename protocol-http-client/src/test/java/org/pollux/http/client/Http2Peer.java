package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.pollux.http.Header;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.hpack.HpackDecoder;
import org.pollux.http.wire.hpack.HpackEncoder;
import org.pollux.reactor.testkit.Peer;

/** A server that makes frames by hand, and reads those that come. It keeps no rule by itself. */
public final class Http2Peer {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** A frame that has come. */
    @SuppressWarnings("ArrayRecordComponent") // it is compared by its text only
    public record Frame(int type, int flags, int stream, byte[] payload) {

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }

        /** For messages of tests: type, flags, stream, payload. */
        @Override
        public String toString() {
            return type + "/" + flags + "/" + stream + "/" + HexFormat.of().formatHex(payload);
        }
    }

    public final Peer peer;
    private final HandServer server;
    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder(4096);
    private final List<Frame> frames = new ArrayList<>();
    private final List<List<Header>> heads = new ArrayList<>();
    private int start;
    private int read;
    private int passed;

    /** Accepts a connection. The server's settings are sent by {@link #settings}. */
    public Http2Peer(HandServer server) {
        this.server = server;
        this.peer = server.accept();
    }

    /** Accepts a connection and sends settings: numbers and values. */
    public static Http2Peer begun(HandServer server, int... settings) {
        return new Http2Peer(server).settings(settings);
    }

    // ---- to the client

    public Http2Peer settings(int... settings) {
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return send(frame(SETTINGS, 0, 0, payload.array()));
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] numbers(int... values) {
        ByteBuffer all = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            all.putInt(value);
        }
        return all.array();
    }

    public Http2Peer send(byte[]... bytes) {
        Bytes all = new Bytes(64);
        for (byte[] one : bytes) {
            all.add(one);
        }
        peer.send(Arrays.copyOf(all.array(), all.size()));
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

    public byte[] headers(int stream, int flags, String... fields) {
        return frame(HEADERS, END_HEADERS | flags, stream, block(fields));
    }

    public static byte[] data(int stream, int flags, String text) {
        return frame(DATA, flags, stream, text.getBytes(ISO_8859_1));
    }

    public static byte[] reset(int stream, int error) {
        return frame(RST_STREAM, 0, stream, numbers(error));
    }

    public static byte[] window(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, numbers(increment));
    }

    public static byte[] goAway(int last, int error, String text) {
        return frame(
                GOAWAY,
                0,
                0,
                ByteBuffer.allocate(8 + text.length())
                        .putInt(last)
                        .putInt(error)
                        .put(text.getBytes(ISO_8859_1))
                        .array());
    }

    /** Sends a whole response. */
    public Http2Peer respond(int stream, String body) {
        return send(headers(stream, 0, ":status", "200"), data(stream, END_STREAM, body));
    }

    // ---- from the client

    /** The connection begins behind so many bytes, which were for a proxy. */
    void beginsBehind(int bytes) {
        start = bytes;
    }

    private void parse() {
        byte[] all = peer.receiveSome().received();
        int from = read == 0 ? start + PREFACE.length() : read;
        ByteBuffer in = ByteBuffer.wrap(all);
        if (all.length < from) {
            return;
        }
        in.position(from);
        while (in.remaining() >= 9 && in.remaining() >= 9 + (in.getInt(in.position()) >>> 8)) {
            int first = in.getInt();
            int flags = in.get() & 0xFF;
            int stream = in.getInt();
            byte[] payload = new byte[first >>> 8];
            in.get(payload);
            Frame frame = new Frame(first & 0xFF, flags, stream, payload);
            frames.add(frame);
            if (frame.type() == HEADERS) {
                heads.add(fields(frame));
            }
        }
        read = in.position();
    }

    private List<Header> fields(Frame frame) {
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

    boolean hasPreface() {
        return new String(peer.received(), ISO_8859_1).startsWith(PREFACE);
    }

    /** Waits for the next frame of that kind; those before it are passed over. */
    public Frame next(String what, Predicate<Frame> wanted) {
        List<Frame> found = new ArrayList<>();
        server.turned.turnUntil(what, () -> {
            parse();
            while (found.isEmpty() && passed < frames.size()) {
                Frame frame = frames.get(passed++);
                if (wanted.test(frame)) {
                    found.add(frame);
                }
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    public Frame next(int type) {
        return next("a frame of type " + type, frame -> frame.type() == type && !(type == SETTINGS && frame.has(ACK)));
    }

    /** Waits for the next request, and returns its stream. */
    public int request() {
        return next(HEADERS).stream();
    }

    /** The fields of the request that came last, as {@code name: value} lines. */
    public String head() {
        StringBuilder lines = new StringBuilder();
        heads.getLast().forEach(field -> lines.append(field.name() + ": " + field.value() + "\n"));
        return lines.toString();
    }

    /** All frames of that kind that have come, when the loop is at rest. */
    public List<Frame> all(int type) {
        server.turned.settle();
        parse();
        return frames.stream().filter(frame -> frame.type() == type).toList();
    }

    /** Waits until that stream is reset, and returns the reason. */
    public int resetOf(int stream) {
        return next("a reset of " + stream, frame -> frame.type() == RST_STREAM && frame.stream() == stream)
                .number(0);
    }
}
