package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pollux.http.server.HandServer;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.hpack.HpackDecoder;
import org.pollux.http.wire.hpack.HpackEncoder;
import org.pollux.http.wire.websocket.Inflation;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.SessionMemory;
import org.pollux.http.wire.websocket.Side;
import org.pollux.http.wire.websocket.WebSocketFault;

/**
 * Whatever a client sends in frames of HTTP/2, blocks of fields and frames of WebSocket: no exception escapes, and splits make no
 * difference. A build tries nothing but what is among the resources; with {@code JAZZER_FUZZ=1} it looks for new inputs.
 */
class FramesJazzerTest {

    private static final int MOST_FRAMES = 40;
    private static final int MOST_MESSAGE = 2000;

    // ---- frames of HTTP/2

    /** Frames of any type, with any flags, mostly on the first streams; some blocks of fields are right. */
    @FuzzTest(maxDuration = "10m")
    void framesOfAClient(FuzzedDataProvider data) {
        int step = data.consumeInt(1, 40);
        Http2Peer writer = new Http2Peer(new HandServer().connect());
        List<byte[]> frames = new ArrayList<>();
        frames.add(Http2Peer.PREFACE.getBytes(StandardCharsets.US_ASCII));
        frames.add(Http2Peer.frame(Http2Peer.SETTINGS, 0, 0));
        while (data.remainingBytes() > 0 && frames.size() < MOST_FRAMES) {
            frames.add(frame(data, writer));
        }
        byte[] all = FrameCasesTest.joined(frames.toArray(byte[][]::new));
        assertEquals(outcome(all, all.length), outcome(all, step));
    }

    private static byte[] frame(FuzzedDataProvider data, Http2Peer writer) {
        int stream = data.consumeInt(0, 9);
        return switch (data.consumeInt(0, 3)) {
            case 0 -> writer.get(stream, data.pickValue(new String[] {"/a", "/echo", "/big", "/never", "*", "//"}));
            case 1 -> writer.post(stream, data.pickValue(new String[] {"/echo", "/a", "/never"}));
            case 2 -> data.consumeBytes(20);
            default ->
                Http2Peer.frame(
                        data.consumeInt(0, 17),
                        data.consumeByte() & 0xFF,
                        stream,
                        data.consumeBytes(data.consumeInt(0, 60)));
        };
    }

    private static String outcome(byte[] bytes, int step) {
        HandServer server = FrameCasesTest.server();
        Http2Peer peer = new Http2Peer(server.connect());
        for (int from = 0; from < bytes.length; from += step) {
            peer.send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step)));
            server.reactor.settle();
        }
        assertEquals(null, peer.connection().cause());
        return Outcome.of(peer) + (peer.connection().isClosed() ? " closed" : " open");
    }

    // ---- blocks of fields

    /** What is decoded can be encoded, and is the same when it is decoded again. */
    @FuzzTest(maxDuration = "10m")
    void blocksOfFields(byte[] block) {
        HpackDecoder decoder = new HpackDecoder(256);
        List<String> fields = new ArrayList<>();
        Bytes again = new Bytes(64);
        HpackEncoder encoder = new HpackEncoder(256);
        encoder.begin(again);
        boolean valid = decoder.decode(ByteBuffer.wrap(block), (octets, from, name, value) -> {
            assertTrue(from >= 0 && name >= 0 && value >= 0 && from + name + value <= octets.length);
            fields.add(field(octets, from, name, value));
            encoder.field(octets, from, name, value, again);
        });
        if (valid) {
            List<String> decoded = new ArrayList<>();
            assertTrue(new HpackDecoder(256)
                    .decode(
                            again.content(),
                            (octets, from, name, value) -> decoded.add(field(octets, from, name, value))));
            assertEquals(fields, decoded);
        }
    }

    private static String field(byte[] octets, int from, int name, int value) {
        String all = new String(octets, from, name + value, StandardCharsets.ISO_8859_1);
        return all.substring(0, name) + "=" + all.substring(name);
    }

    // ---- frames of WebSocket

    @FuzzTest(maxDuration = "10m")
    void framesOfWebSocket(FuzzedDataProvider data) {
        boolean compression = data.consumeBoolean();
        Side side = data.consumeBoolean() ? Side.CLIENT : Side.SERVER;
        int step = data.consumeInt(1, 40);
        byte[] bytes = data.consumeRemainingAsBytes();
        assertEquals(read(side, compression, bytes, bytes.length + 1), read(side, compression, bytes, step));
    }

    private static List<String> read(Side side, boolean compression, byte[] bytes, int step) {
        List<String> seen = new ArrayList<>();
        MessageReader reader =
                new MessageReader(side, compression ? new Inflation(false) : null, MOST_MESSAGE, new SessionMemory(6));
        int unread = 0;
        try {
            for (int to = 0; to < bytes.length; ) {
                to = Math.min(bytes.length, to + step);
                ByteBuffer in = ByteBuffer.wrap(bytes, unread, to - unread);
                MessageReader.Found found = reader.next(in);
                while (found != MessageReader.Found.MORE) {
                    byte[] octets = new byte[reader.data().remaining()];
                    reader.data().get(octets);
                    seen.add(found + Arrays.toString(octets) + reader.closeCode());
                    found = reader.next(in);
                }
                unread = in.position();
            }
        } catch (WebSocketFault fault) {
            seen.add("fault " + fault.code());
        }
        return seen;
    }
}
