package org.pollux.http.wire.frames;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;

/** Writes frames (RFC 9113, section 6). */
public final class FrameWriter {

    private FrameWriter() {}

    /** Adds the header of a frame, whose payload of that length the caller adds. */
    public static void header(Bytes out, int length, FrameType type, int flags, int stream) {
        out.add((byte) (length >> 16)).add((byte) (length >> 8)).add((byte) length);
        out.add((byte) type.code()).add((byte) flags);
        number(out, stream);
    }

    private static void number(Bytes out, int value) {
        out.add((byte) (value >> 24))
                .add((byte) (value >> 16))
                .add((byte) (value >> 8))
                .add((byte) value);
    }

    /** Adds a block of fields: HEADERS, and CONTINUATION for what does not fit. */
    public static void headers(Bytes out, int stream, boolean endsStream, Bytes block, int mostFrame) {
        ByteBuffer rest = block.content();
        FrameType type = FrameType.HEADERS;
        int flags = endsStream ? Flags.END_STREAM : Flags.NONE;
        do {
            int length = Math.min(mostFrame, rest.remaining());
            boolean last = length == rest.remaining();
            header(out, length, type, last ? flags | Flags.END_HEADERS : flags, stream);
            out.add(rest, length);
            type = FrameType.CONTINUATION;
            flags = Flags.NONE;
        } while (rest.hasRemaining());
    }

    /** Adds the header of SETTINGS for that many settings, which follow by {@link #setting}. */
    public static void settings(Bytes out, int count) {
        header(out, 6 * count, FrameType.SETTINGS, Flags.NONE, 0);
    }

    public static void setting(Bytes out, Setting setting, int value) {
        out.add((byte) (setting.id() >> 8)).add((byte) setting.id());
        number(out, value);
    }

    public static void settingsAck(Bytes out) {
        header(out, 0, FrameType.SETTINGS, Flags.ACK, 0);
    }

    /** Adds a PING with that payload. */
    public static void ping(Bytes out, long payload) {
        header(out, 8, FrameType.PING, Flags.NONE, 0);
        number(out, (int) (payload >> 32));
        number(out, (int) payload);
    }

    /** Adds the response to a PING, whose payload is the rest of the buffer. */
    public static void pingAck(Bytes out, ByteBuffer payload) {
        header(out, payload.remaining(), FrameType.PING, Flags.ACK, 0);
        out.add(payload);
    }

    public static void windowUpdate(Bytes out, int stream, int increment) {
        header(out, 4, FrameType.WINDOW_UPDATE, Flags.NONE, stream);
        number(out, increment);
    }

    public static void reset(Bytes out, int stream, ErrorCode error) {
        header(out, 4, FrameType.RST_STREAM, Flags.NONE, stream);
        number(out, error.code());
    }

    /**
     * Adds GOAWAY.
     *
     * @param last the last stream that may have been processed
     */
    public static void goAway(Bytes out, int last, ErrorCode error) {
        header(out, 8, FrameType.GOAWAY, Flags.NONE, 0);
        number(out, last);
        number(out, error.code());
    }
}
