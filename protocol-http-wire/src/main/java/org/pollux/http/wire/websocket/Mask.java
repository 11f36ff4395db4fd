package org.pollux.http.wire.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Masks and unmasks (RFC 6455, section 5.3), eight octets at a time. */
final class Mask {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW = 0xFFFF_FFFFL;

    private Mask() {}

    /**
     * Changes a range in place.
     *
     * @param key the four octets, the first one highest
     * @param offset of the range in the payload
     */
    static void apply(byte[] octets, int from, int to, int key, long offset) {
        int turned = turned(key, offset);
        long twice = twice(turned);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            LONGS.set(octets, at, (long) LONGS.get(octets, at) ^ twice);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < to; at++, shift = (shift - Byte.SIZE) & 31) {
            octets[at] ^= (byte) (turned >> shift);
        }
    }

    /** Changes a whole buffer of big-endian order in place; see the other. */
    static void apply(ByteBuffer octets, int key, long offset) {
        int turned = turned(key, offset);
        long twice = twice(turned);
        int to = octets.limit();
        int at = octets.position();
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            octets.putLong(at, octets.getLong(at) ^ twice);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < to; at++, shift = (shift - Byte.SIZE) & 31) {
            octets.put(at, (byte) (octets.get(at) ^ turned >> shift));
        }
    }

    /** The key as it falls on the octet at that place of the payload. */
    private static int turned(int key, long offset) {
        return Integer.rotateLeft(key, (int) (offset & 3) * Byte.SIZE);
    }

    private static long twice(int turned) {
        return (long) turned << Integer.SIZE | (turned & LOW);
    }
}
