package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/** Writes the frames of one side, whole and in order. Every method is called under the lock of the {@link Session}. */
final class SessionOutput {

    /** A longer payload that is not masked is written as it is, behind its header. */
    private static final int COPIED = 2 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SessionWire wire;
    private final SessionSettings settings;
    private final SessionMemory memory;

    /** Of a connection whose messages refer to earlier ones, once it has sent a compressed one. */
    private @Nullable Deflation own;

    private boolean inPieces;

    /** Whether the wire had no more room after the latest frame. */
    private boolean full;

    /** Of the latest ping that met a full wire: its pong waits for room. */
    private byte @Nullable [] owed;

    SessionOutput(SessionWire wire, SessionSettings settings, SessionMemory memory) {
        this.wire = wire;
        this.settings = settings;
        this.memory = memory;
    }

    /** Whether a message in pieces has not ended. */
    boolean isInPieces() {
        return inPieces;
    }

    /**
     * Sends a whole message.
     *
     * @param together whether what is written now leaves together, later
     */
    boolean message(boolean text, ByteBuffer data, boolean takeover, boolean together) {
        requireNoPieces();
        Opcode opcode = text ? Opcode.TEXT : Opcode.BINARY;
        if (settings.compression().isEmpty() || data.remaining() < settings.compressFrom()) {
            return frame(opcode, true, false, data, together);
        }
        Bytes deflated = memory.lend(data.remaining() / 2);
        if (takeover) {
            Deflation by = own == null ? memory.deflations().withTakeover() : own;
            own = by;
            by.deflate(data, deflated);
        } else {
            memory.deflations().deflate(data, deflated);
        }
        boolean room = frame(opcode, true, true, deflated.content(), together);
        memory.giveBack(deflated);
        return room;
    }

    private void requireNoPieces() {
        if (inPieces) {
            throw new IllegalStateException("A message in pieces is under way: send its last piece first");
        }
    }

    /** Pieces are not compressed, so that a long message keeps no memory of zlib. */
    boolean piece(boolean text, ByteBuffer data, boolean last, boolean together) {
        Opcode opcode = inPieces ? Opcode.CONTINUATION : text ? Opcode.TEXT : Opcode.BINARY;
        inPieces = !last;
        return frame(opcode, last, false, data, together);
    }

    void ping() {
        control(Opcode.PING, NOTHING);
    }

    /** A peer that sends pings and reads no pongs gets one only for the latest of them (RFC 6455, section 5.5.3). */
    void pong(ByteBuffer data) {
        if (full) {
            owed = new byte[data.remaining()];
            data.get(owed);
        } else {
            owed = null;
            control(Opcode.PONG, data);
        }
    }

    /** The wire has room again. */
    void drained() {
        full = false;
        byte[] data = owed;
        if (data != null) {
            pong(ByteBuffer.wrap(data));
        }
    }

    private void control(Opcode opcode, ByteBuffer data) {
        boolean _ = frame(opcode, true, false, data, false);
    }

    private boolean frame(Opcode opcode, boolean last, boolean compressed, ByteBuffer data, boolean together) {
        int key = settings.keys().getAsInt();
        boolean apart = together && key == 0 && data.remaining() > COPIED;
        Bytes out = memory.lend(FrameWriter.MOST_HEADER + (apart ? 0 : data.remaining()));
        boolean room;
        if (apart) {
            FrameWriter.header(out, opcode, last, compressed, data.remaining());
            boolean _ = wire.write(out.content());
            room = wire.write(data);
        } else {
            FrameWriter.frame(out, opcode, last, compressed, key, data);
            room = wire.write(out.content());
        }
        memory.giveBack(out);
        full = !room;
        return room;
    }

    void close(int code, String reason) {
        Bytes out = memory.lend(FrameWriter.MOST_HEADER);
        FrameWriter.close(out, settings.keys().getAsInt(), code, reason);
        boolean _ = wire.write(out.content());
        memory.giveBack(out);
    }

    /** Octets of memory that zlib has, about; from any thread, without the lock. */
    int zlibOctets() {
        return own == null ? 0 : Deflation.ZLIB;
    }

    /** Frees the memory of zlib. */
    void end() {
        Deflation by = own;
        if (by != null) {
            own = null;
            by.close();
        }
    }
}
