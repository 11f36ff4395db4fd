package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.pollux.http.wire.Bytes;

/** Writes frames (RFC 6455, section 5.2). A key of 0 writes a frame of a server, which is not masked. */
public final class FrameWriter {

    /** Octets in front of the largest payload. */
    public static final int MOST_HEADER = 14;

    private static final int MOST_CONTROL = 125;

    private FrameWriter() {}

    /**
     * Adds a frame.
     *
     * @param last whether the message ends with it
     * @param compressed whether the message that begins with it is compressed
     * @param key of the mask, not predictable and not 0 for a client (RFC 6455, section 5.3); 0 for a server
     * @param payload is read to its limit
     */
    public static void frame(Bytes out, Opcode opcode, boolean last, boolean compressed, int key, ByteBuffer payload) {
        header(out, opcode, last, compressed, key, payload.remaining());
        int from = out.size();
        out.add(payload);
        if (key != 0) {
            Mask.apply(out.array(), from, out.size(), key, 0);
        }
    }

    /** Adds the header of a frame of a server, whose payload the caller writes behind it. */
    public static void header(Bytes out, Opcode opcode, boolean last, boolean compressed, long length) {
        header(out, opcode, last, compressed, 0, length);
    }

    private static void header(Bytes out, Opcode opcode, boolean last, boolean compressed, int key, long length) {
        out.add((byte) ((last ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode.code()));
        int mask = key == 0 ? 0 : 0x80;
        if (length <= MOST_CONTROL) {
            out.add((byte) (mask | length));
        } else if (length <= 0xFFFF) {
            out.add((byte) (mask | 126));
            number(out, length, Short.BYTES);
        } else {
            out.add((byte) (mask | 127));
            number(out, length, Long.BYTES);
        }
        if (key != 0) {
            number(out, key, Integer.BYTES);
        }
    }

    private static void number(Bytes out, long value, int octets) {
        for (int shift = (octets - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.add((byte) (value >> shift));
        }
    }

    /**
     * Adds a close frame.
     *
     * @param code {@link CloseCode#NONE} for a frame without one
     * @param reason is cut at the end of a character when it is longer than 123 octets
     */
    public static void close(Bytes out, int key, int code, String reason) {
        ByteBuffer payload = ByteBuffer.allocate(MOST_CONTROL);
        if (code != CloseCode.NONE) {
            payload.putShort((short) code);
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason), payload, true);
        }
        frame(out, Opcode.CLOSE, true, false, key, payload.flip());
    }
}
