package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;

/**
 * Reads frames, one after the other, from bytes that come in pieces of any size. It checks what holds for a frame by itself
 * (RFC 6455, section 5.2): reserved bits, the opcode, the mask, the shortest form of the length.
 *
 * <pre>
 *   fin rsv opcode (1)   mask bit, length (1)   [ longer length (2 or 8) ]   [ key (4) ]   payload
 * </pre>
 */
public final class FrameReader {

    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int RESERVED = 0x30;
    private static final int MASKED = 0x80;
    private static final int IN_TWO = 126;
    private static final int IN_EIGHT = 127;
    private static final int MOST_CONTROL = 125;
    private static final int KEY = 4;

    private final Side peer;
    private final boolean compression;
    private Opcode opcode = Opcode.CONTINUATION;
    private boolean last;
    private boolean compressed;
    private long length;
    private long taken;
    private int key;

    /**
     * Makes a reader.
     *
     * @param peer the side that sends the frames
     * @param compression whether messages may be compressed, as the handshake has settled
     */
    public FrameReader(Side peer, boolean compression) {
        this.peer = peer;
        this.compression = compression;
    }

    /**
     * Reads the header of the next frame, when all of it is there. Until then it takes nothing of the buffer. All of the
     * previous payload was taken before.
     *
     * @return whether a header was read
     * @throws WebSocketFault when the frame breaks a rule
     */
    public boolean next(ByteBuffer in) throws WebSocketFault {
        if (in.remaining() < 2) {
            return false;
        }
        int at = in.position();
        int first = in.get(at) & 0xFF;
        int second = in.get(at + 1) & 0xFF;
        Opcode known = Opcode.of(first & 0xF);
        if (known == null) {
            throw WebSocketFault.protocol("Opcode " + (first & 0xF) + " is reserved");
        }
        check(known, first, second);
        int shortLength = second & ~MASKED;
        int more = shortLength == IN_TWO ? Short.BYTES : shortLength == IN_EIGHT ? Long.BYTES : 0;
        int header = 2 + more + (peer.masks() ? KEY : 0);
        if (in.remaining() < header) {
            return false;
        }
        opcode = known;
        last = (first & FIN) != 0;
        compressed = (first & COMPRESSED) != 0;
        length = switch (more) {
            case Short.BYTES -> shortest(in.getShort(at + 2) & 0xFFFF, IN_TWO);
            case Long.BYTES -> shortest(in.getLong(at + 2), 0x1_0000);
            default -> shortLength;
        };
        key = peer.masks() ? in.getInt(at + 2 + more) : 0;
        taken = 0;
        in.position(at + header);
        return true;
    }

    private void check(Opcode known, int first, int second) throws WebSocketFault {
        boolean mayBeCompressed = compression && (known == Opcode.TEXT || known == Opcode.BINARY);
        if ((first & RESERVED) != 0 || ((first & COMPRESSED) != 0 && !mayBeCompressed)) {
            throw WebSocketFault.protocol("A reserved bit is set");
        }
        if (((second & MASKED) != 0) != peer.masks()) {
            throw WebSocketFault.protocol(peer.masks() ? "A frame is not masked" : "A frame is masked");
        }
        if (known.isControl() && ((first & FIN) == 0 || (second & ~MASKED) > MOST_CONTROL)) {
            throw WebSocketFault.protocol("A control frame is fragmented, or longer than 125 octets");
        }
    }

    /** A length below the least of its form is not in its shortest form; a negative one has the highest bit set. */
    private static long shortest(long octets, int least) throws WebSocketFault {
        if (octets < least) {
            throw WebSocketFault.protocol("A length is not in its shortest form");
        }
        return octets;
    }

    // ---- the frame

    public Opcode opcode() {
        return opcode;
    }

    /** Whether it is the last, or the only, frame of its message. */
    public boolean isLast() {
        return last;
    }

    /** Whether the message that begins with it is compressed (RFC 7692, section 6). */
    public boolean isCompressed() {
        return compressed;
    }

    /** Octets of its payload. */
    public long length() {
        return length;
    }

    /** Octets of its payload that were not taken yet. */
    public long remaining() {
        return length - taken;
    }

    /** Takes the octets of the payload that are there, unmasks them and adds them. Returns how many. */
    public int take(ByteBuffer in, Bytes to) {
        int count = (int) Math.min(in.remaining(), remaining());
        int from = to.size();
        to.add(in, count);
        if (key != 0) {
            Mask.apply(to.array(), from, to.size(), key, taken);
        }
        taken += count;
        return count;
    }

    /**
     * Takes the octets of the payload that are there, and unmasks them where they are.
     *
     * @param in can be written to
     * @return a view of the buffer, valid as long as its content
     */
    public ByteBuffer takeInPlace(ByteBuffer in) {
        int count = (int) Math.min(in.remaining(), remaining());
        ByteBuffer slice = in.slice(in.position(), count);
        if (key != 0) {
            Mask.apply(slice, key, taken);
        }
        in.position(in.position() + count);
        taken += count;
        return slice;
    }
}
