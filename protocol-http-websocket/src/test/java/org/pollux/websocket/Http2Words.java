package org.pollux.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.Flags;
import org.pollux.http.wire.frames.FrameReader;
import org.pollux.http.wire.frames.FrameType;
import org.pollux.http.wire.frames.FrameWriter;
import org.pollux.http.wire.hpack.HpackEncoder;

/** What a client of HTTP/2 says (RFC 9113; RFC 8441). */
final class Http2Words {

    private final HpackEncoder encoder = new HpackEncoder(4096);

    byte[] preface() {
        Bytes out = new Bytes(64).add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        FrameWriter.settings(out, 0);
        return bytes(out);
    }

    /** An extended CONNECT, which leaves its stream open. */
    byte[] connect(int stream, String path) {
        Bytes block = new Bytes(64);
        encoder.begin(block);
        field(block, ":method", "CONNECT");
        field(block, ":protocol", "websocket");
        field(block, ":scheme", "https");
        field(block, ":path", path);
        field(block, ":authority", "h");
        field(block, "sec-websocket-version", "13");
        Bytes out = new Bytes(64);
        FrameWriter.headers(out, stream, false, block, FrameReader.LEAST_MOST);
        return bytes(out);
    }

    private void field(Bytes block, String name, String value) {
        encoder.field((name + value).getBytes(ISO_8859_1), 0, name.length(), value.length(), block);
    }

    byte[] data(int stream, byte[] payload) {
        Bytes out = new Bytes(64);
        FrameWriter.header(out, payload.length, FrameType.DATA, Flags.NONE, stream);
        return bytes(out.add(payload));
    }

    /** Ends the client's side of a stream. */
    byte[] end(int stream) {
        Bytes out = new Bytes(64);
        FrameWriter.header(out, 0, FrameType.DATA, Flags.END_STREAM, stream);
        return bytes(out);
    }

    /** The octets of all DATA of a stream. */
    byte[] payload(byte[] sent, int stream) {
        FrameReader reader = new FrameReader(FrameReader.LEAST_MOST);
        ByteBuffer in = ByteBuffer.wrap(sent);
        Bytes all = new Bytes(64);
        while (reader.next(in) == FrameReader.Found.FRAME) {
            if (reader.type() == FrameType.DATA && reader.stream() == stream) {
                all.add(sent, reader.payloadStart(), reader.payloadEnd());
            }
            in.position(reader.frameEnd());
        }
        return bytes(all);
    }

    private static byte[] bytes(Bytes of) {
        return Arrays.copyOf(of.array(), of.size());
    }
}
