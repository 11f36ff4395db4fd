package org.pollux.http.wire.frames;

import java.nio.ByteBuffer;

/**
 * Reads frames, one after the other, from bytes that come in pieces of any size. A frame is read when all of it has arrived.
 * It checks what holds for a frame by itself: its length, whether it belongs to a stream, its padding.
 *
 * <pre>
 *   length (3)   type (1)   flags (1)   stream (4)   [ padding (1) ]  [ priority (5) ]   payload    padding
 *   │                                                                                    │      │           │
 *   position                                                                   payloadStart   payloadEnd   frameEnd
 * </pre>
 */
public final class FrameReader {

    /** The result of a look at the bytes. */
    public enum Found {
        /** More bytes are needed. */
        MORE,
        /** A whole frame is there. */
        FRAME,
        /** The frame breaks a rule for which the connection must end; see {@link #fault}. */
        FAULT
    }

    /** The octets in front of each payload. */
    public static final int HEADER = 9;

    /** The largest payload that a peer may send without another setting (RFC 9113, section 4.2). */
    public static final int LEAST_MOST = 16 * 1024;

    private static final int PRIORITY_LENGTH = 5;

    private final int most;
    private FrameType type = FrameType.UNKNOWN;
    private ErrorCode fault = ErrorCode.NO_ERROR;
    private int flags;
    private int stream;
    private int length;
    private int payloadStart;
    private int payloadEnd;
    private int frameEnd;

    /**
     * Makes a reader.
     *
     * @param most octets of a payload, as told by SETTINGS_MAX_FRAME_SIZE
     */
    public FrameReader(int most) {
        this.most = most;
    }

    /** Looks at the frame at the buffer's position, and does not change the buffer. */
    public Found next(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return Found.MORE;
        }
        int at = in.position();
        int first = in.getInt(at);
        length = first >>> 8;
        type = FrameType.of(first & 0xFF);
        flags = in.get(at + 4) & 0xFF;
        stream = in.getInt(at + 5) & Integer.MAX_VALUE;
        if (length > most) {
            return refuse(ErrorCode.FRAME_SIZE_ERROR);
        }
        if (!hasStreamOrNot()) {
            return refuse(ErrorCode.PROTOCOL_ERROR);
        }
        if (!hasLength()) {
            return refuse(ErrorCode.FRAME_SIZE_ERROR);
        }
        if (in.remaining() < HEADER + length) {
            return Found.MORE;
        }
        payloadStart = at + HEADER;
        frameEnd = payloadStart + length;
        payloadEnd = frameEnd;
        return type == FrameType.DATA || type == FrameType.HEADERS ? unpad(in) : Found.FRAME;
    }

    private Found refuse(ErrorCode error) {
        fault = error;
        return Found.FAULT;
    }

    /** Whether a frame of a stream names one, and a frame of the connection names none. */
    private boolean hasStreamOrNot() {
        return switch (type) {
            case DATA, HEADERS, PRIORITY, RST_STREAM, PUSH_PROMISE, CONTINUATION -> stream != 0;
            case SETTINGS, PING, GOAWAY, PRIORITY_UPDATE -> stream == 0;
            case WINDOW_UPDATE, UNKNOWN -> true;
        };
    }

    /** A PRIORITY frame of another length concerns its stream only; see {@link #hasPriorityLength}. */
    private boolean hasLength() {
        return switch (type) {
            case RST_STREAM, WINDOW_UPDATE -> length == 4;
            case PING -> length == 8;
            case GOAWAY -> length >= 8;
            case SETTINGS -> has(Flags.ACK) ? length == 0 : length % 6 == 0;
            case PRIORITY_UPDATE -> length >= 4;
            case DATA, HEADERS, PRIORITY, PUSH_PROMISE, CONTINUATION, UNKNOWN -> true;
        };
    }

    /** Finds the payload between its padding and, in HEADERS, behind the priority of RFC 7540. */
    private Found unpad(ByteBuffer in) {
        int padding = 0;
        if (has(Flags.PADDED)) {
            if (length == 0) {
                return refuse(ErrorCode.FRAME_SIZE_ERROR);
            }
            padding = in.get(payloadStart++) & 0xFF;
        }
        if (type == FrameType.HEADERS && has(Flags.PRIORITY)) {
            payloadStart += PRIORITY_LENGTH;
            if (payloadStart > frameEnd) {
                return refuse(ErrorCode.FRAME_SIZE_ERROR);
            }
        }
        payloadEnd = frameEnd - padding;
        return payloadEnd < payloadStart ? refuse(ErrorCode.PROTOCOL_ERROR) : Found.FRAME;
    }

    // ---- the frame

    /** After MORE: whether a part of DATA is there, so that its header was read. */
    public boolean isPartOfData(ByteBuffer in) {
        return in.remaining() >= HEADER && type == FrameType.DATA;
    }

    /** The reason for which the connection must end, after a FAULT. */
    public ErrorCode fault() {
        return fault;
    }

    public FrameType type() {
        return type;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The number of its stream; 0 when it concerns the connection. */
    public int stream() {
        return stream;
    }

    /** The octets behind its header, with padding: what counts for flow control. */
    public int length() {
        return length;
    }

    public boolean hasPriorityLength() {
        return length == PRIORITY_LENGTH;
    }

    /** The index of the payload in the buffer. */
    public int payloadStart() {
        return payloadStart;
    }

    public int payloadEnd() {
        return payloadEnd;
    }

    /** The index behind the frame. */
    public int frameEnd() {
        return frameEnd;
    }
}
