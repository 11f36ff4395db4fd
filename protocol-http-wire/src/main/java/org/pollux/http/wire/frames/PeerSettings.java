package org.pollux.http.wire.frames;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The settings of the peer (RFC 9113, section 6.5.2): the initial ones, until it tells others. */
public final class PeerSettings {

    private static final long MOST_WINDOW = Integer.MAX_VALUE;
    private static final int LARGEST_FRAME = (1 << 24) - 1;

    private long tableSize = 4096;
    private long leastTableSize = tableSize;
    private long streams = Long.MAX_VALUE;
    private int window = 65_535;
    private int frame = FrameReader.LEAST_MOST;
    private boolean push = true;
    private boolean connectProtocol;

    /** Makes the initial settings. */
    public PeerSettings() {}

    /**
     * Takes the settings of a frame: the rest of the buffer, in its order. Unknown ones are ignored.
     *
     * @return the reason for which the connection must end; null when all are valid
     */
    public @Nullable ErrorCode take(ByteBuffer payload) {
        leastTableSize = tableSize;
        while (payload.hasRemaining()) {
            Setting setting = Setting.of(payload.getShort() & 0xFFFF);
            long value = payload.getInt() & 0xFFFF_FFFFL;
            ErrorCode fault = take(setting, value);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable ErrorCode take(Setting setting, long value) {
        switch (setting) {
            case HEADER_TABLE_SIZE -> {
                tableSize = value;
                leastTableSize = Math.min(leastTableSize, value);
            }
            case ENABLE_PUSH -> {
                if (value > 1) {
                    return ErrorCode.PROTOCOL_ERROR;
                }
                push = value == 1;
            }
            case MAX_CONCURRENT_STREAMS -> streams = value;
            case INITIAL_WINDOW_SIZE -> {
                if (value > MOST_WINDOW) {
                    return ErrorCode.FLOW_CONTROL_ERROR;
                }
                window = (int) value;
            }
            case MAX_FRAME_SIZE -> {
                if (value < FrameReader.LEAST_MOST || value > LARGEST_FRAME) {
                    return ErrorCode.PROTOCOL_ERROR;
                }
                frame = (int) value;
            }
            case ENABLE_CONNECT_PROTOCOL -> {
                if (value > 1 || (connectProtocol && value == 0)) { // it is not taken back (RFC 8441, section 3)
                    return ErrorCode.PROTOCOL_ERROR;
                }
                connectProtocol = value == 1;
            }
            case NO_RFC7540_PRIORITIES -> {
                if (value > 1) {
                    return ErrorCode.PROTOCOL_ERROR;
                }
            }
            case MAX_HEADER_LIST_SIZE, UNKNOWN -> {}
        }
        return null;
    }

    /** Octets of the table of its decoder. */
    public long tableSize() {
        return tableSize;
    }

    /** The smallest size that the table had while the last frame was taken: it decides which fields are left (RFC 7541, section 4.2). */
    public long leastTableSize() {
        return leastTableSize;
    }

    /** How many streams the other side may have open. */
    public long streams() {
        return streams;
    }

    /** Octets that may be sent on a new stream. */
    public int window() {
        return window;
    }

    /** Octets of a frame's payload. */
    public int frame() {
        return frame;
    }

    public boolean push() {
        return push;
    }

    /** Whether it takes extended CONNECT (RFC 8441, section 3). */
    public boolean connectProtocol() {
        return connectProtocol;
    }
}
