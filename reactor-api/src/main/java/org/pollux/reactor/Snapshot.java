package org.pollux.reactor;

import java.nio.ByteBuffer;

/**
 * What a handler gives away when its protocol is updated: its state as bytes, or why there is none. Immutable; from any thread.
 *
 * <p>The bytes are all that the next version gets beside the connection, so they can also cross processes. Nobody but the
 * protocol reads them. Begin them with a number for their format: the next version, or an older one after a step back, can then
 * refuse a format that it does not know.
 */
public final class Snapshot {

    /** The most bytes of a state. A larger one is a message in the making: its handler returns {@link #later}. */
    public static final int LIMIT = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final Snapshot NONE = new Snapshot(NOTHING);
    private static final Snapshot LATER = new Snapshot(NOTHING);
    private static final Snapshot EMPTY = new Snapshot(NOTHING);

    private final ByteBuffer state;

    private Snapshot(ByteBuffer state) {
        this.state = state;
    }

    /** The connection cannot pass to another version. It drains. */
    public static Snapshot none() {
        return NONE;
    }

    /** The handler is in the middle of a message. It is asked again after each callback and now and then, until the drain time is over. */
    public static Snapshot later() {
        return LATER;
    }

    /** The state of a handler that has none. */
    public static Snapshot empty() {
        return EMPTY;
    }

    /**
     * The state of a handler.
     *
     * @param state its remaining bytes, which are copied; the buffer is not changed
     * @throws IllegalArgumentException when there are more than {@link #LIMIT}
     */
    public static Snapshot of(ByteBuffer state) {
        int size = state.remaining();
        if (size > LIMIT) {
            throw new IllegalArgumentException(
                    "The state of a handler is " + size + " bytes, more than the limit of " + LIMIT);
        }
        return new Snapshot(
                ByteBuffer.allocate(size).put(state.duplicate()).flip().asReadOnlyBuffer());
    }

    /** Whether there is a state. Otherwise it is {@link #none} or {@link #later}. */
    @SuppressWarnings("ReferenceEquality") // each of these two exists once
    public boolean hasState() {
        return this != NONE && this != LATER;
    }

    /** Whether it is {@link #later}. */
    @SuppressWarnings("ReferenceEquality") // there is one
    public boolean isLater() {
        return this == LATER;
    }

    /** The state, to be read from its position to its limit: read-only, big-endian, another buffer for each call. */
    public ByteBuffer state() {
        return state.duplicate();
    }
}
