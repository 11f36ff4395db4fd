package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pollux.reactor.Connection;

/**
 * The length of a frame before the frame: an unsigned number of the bytes that follow.
 *
 * @param width bytes of the number: 1, 2 or 4
 * @param order the order of its bytes
 */
public record LengthPrefix(int width, ByteOrder order) {

    /** Checks the width. */
    public LengthPrefix {
        if (width != 1 && width != 2 && width != 4) {
            throw new IllegalArgumentException("A length prefix has 1, 2 or 4 bytes, not " + width);
        }
    }

    /** A prefix in network order, the usual one. */
    public LengthPrefix(int width) {
        this(width, ByteOrder.BIG_ENDIAN);
    }

    /** The longest frame that it can announce. */
    public long longest() {
        return (1L << (8 * width)) - 1;
    }

    /**
     * Writes the length and then the frame. These are two writes, so threads that share a connection must take turns.
     *
     * @return as {@link Connection#write} of the frame
     * @throws IllegalArgumentException if the frame is too long for the prefix; nothing is written
     */
    public boolean write(Connection connection, ByteBuffer frame) {
        int length = frame.remaining();
        if (length > longest()) {
            throw new IllegalArgumentException(
                    "A frame of " + length + " bytes is too long for a prefix of " + width + ": at most " + longest());
        }
        ByteBuffer prefix = ByteBuffer.allocate(width).order(order);
        switch (width) {
            case 1 -> prefix.put((byte) length);
            case 2 -> prefix.putShort((short) length);
            default -> prefix.putInt(length);
        }
        connection.write(prefix.flip());
        return connection.write(frame);
    }

    /** The number at an index of a buffer, whatever the order of the buffer. */
    long read(ByteBuffer bytes, int place) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            int next = order == ByteOrder.BIG_ENDIAN ? i : width - 1 - i;
            value = (value << 8) | (bytes.get(place + next) & 0xff);
        }
        return value;
    }
}
