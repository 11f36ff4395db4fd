package org.pollux.http.wire.frames;

import java.util.Arrays;

/** The types of frames (RFC 9113, section 6; RFC 9218, section 7.1). */
public enum FrameType {
    DATA(0x0),
    HEADERS(0x1),
    PRIORITY(0x2),
    RST_STREAM(0x3),
    SETTINGS(0x4),
    PUSH_PROMISE(0x5),
    PING(0x6),
    GOAWAY(0x7),
    WINDOW_UPDATE(0x8),
    CONTINUATION(0x9),
    PRIORITY_UPDATE(0x10),
    /** Any other type, which is ignored (RFC 9113, section 5.5). */
    UNKNOWN(-1);

    private static final FrameType[] BY_CODE = new FrameType[0x11];

    static {
        Arrays.fill(BY_CODE, UNKNOWN);
        for (FrameType type : values()) {
            if (type != UNKNOWN) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static FrameType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
