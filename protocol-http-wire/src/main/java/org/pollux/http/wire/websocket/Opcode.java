package org.pollux.http.wire.websocket;

import org.jspecify.annotations.Nullable;

/** The kinds of frames (RFC 6455, section 5.2). */
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The kind with that number; null when the number is reserved. */
    static @Nullable Opcode of(int code) {
        return switch (code) {
            case 0x0 -> CONTINUATION;
            case 0x1 -> TEXT;
            case 0x2 -> BINARY;
            case 0x8 -> CLOSE;
            case 0x9 -> PING;
            case 0xA -> PONG;
            default -> null;
        };
    }

    /** Whether it may stand between the fragments of a message, and is short and whole itself (RFC 6455, section 5.5). */
    public boolean isControl() {
        return code >= 0x8;
    }
}
