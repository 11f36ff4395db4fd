package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/** Writes the frames of one side, whole and in order. Every method is called under the lock of the {@link Session}. */
final class SessionOutput {

    private final SessionWire wire;
    private final SessionSettings settings;
    private final Deflations deflations;

    /** Of a connection whose messages refer to earlier ones, once it has sent a compressed one. */
    private @Nullable Deflation own;

    private boolean inPieces;

    SessionOutput(SessionWire wire, SessionSettings settings, Deflations deflations) {
        this.wire = wire;
        this.settings = settings;
        this.deflations = deflations;
    }

    /** Whether a message in pieces has not ended. */
    boolean isInPieces() {
        return inPieces;
    }

    boolean message(boolean text, ByteBuffer data, boolean takeover) {
        requireNoPieces();
        Opcode opcode = text ? Opcode.TEXT : Opcode.BINARY;
        if (settings.compression().isEmpty() || data.remaining() < settings.compressFrom()) {
            return frame(opcode, true, false, data);
        }
        Bytes deflated = new Bytes(data.remaining() / 2);
        if (takeover) {
            Deflation by = own == null ? deflations.withTakeover() : own;
            own = by;
            by.deflate(data, deflated);
        } else {
            deflations.deflate(data, deflated);
        }
        return frame(opcode, true, true, deflated.content());
    }

    private void requireNoPieces() {
        if (inPieces) {
            throw new IllegalStateException("A message in pieces is under way: send its last piece first");
        }
    }

    /** Pieces are not compressed, so that a long message keeps no memory of zlib. */
    boolean piece(boolean text, ByteBuffer data, boolean last) {
        Opcode opcode = inPieces ? Opcode.CONTINUATION : text ? Opcode.TEXT : Opcode.BINARY;
        inPieces = !last;
        return frame(opcode, last, false, data);
    }

    boolean control(Opcode opcode, ByteBuffer data) {
        return frame(opcode, true, false, data);
    }

    private boolean frame(Opcode opcode, boolean last, boolean compressed, ByteBuffer data) {
        Bytes out = new Bytes(data.remaining() + FrameWriter.MOST_HEADER);
        FrameWriter.frame(out, opcode, last, compressed, settings.keys().getAsInt(), data);
        return wire.write(out.content());
    }

    void close(int code, String reason) {
        Bytes out = new Bytes(FrameWriter.MOST_HEADER);
        FrameWriter.close(out, settings.keys().getAsInt(), code, reason);
        boolean _ = wire.write(out.content());
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
