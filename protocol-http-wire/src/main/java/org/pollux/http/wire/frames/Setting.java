package org.pollux.http.wire.frames;

/** The settings that a peer tells (RFC 9113, section 6.5.2; RFC 8441, section 3; RFC 9218, section 2.1). */
public enum Setting {
    HEADER_TABLE_SIZE(0x1),
    ENABLE_PUSH(0x2),
    MAX_CONCURRENT_STREAMS(0x3),
    INITIAL_WINDOW_SIZE(0x4),
    MAX_FRAME_SIZE(0x5),
    MAX_HEADER_LIST_SIZE(0x6),
    ENABLE_CONNECT_PROTOCOL(0x8),
    NO_RFC7540_PRIORITIES(0x9),
    /** Any other setting, which is ignored. */
    UNKNOWN(0);

    private static final Setting[] ALL = values();

    private final int id;

    Setting(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    static Setting of(int id) {
        for (Setting setting : ALL) {
            if (setting.id == id) {
                return setting;
            }
        }
        return UNKNOWN;
    }
}
