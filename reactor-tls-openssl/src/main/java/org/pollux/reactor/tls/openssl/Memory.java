package org.pollux.reactor.tls.openssl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The memory of the process, by address. Nothing here checks an address. */
@SuppressWarnings("restricted")
final class Memory {

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    static int intAt(long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address);
    }

    static long longAt(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    static void putInt(long address, int value) {
        ALL.set(JAVA_INT_UNALIGNED, address, value);
    }

    static void putLong(long address, long value) {
        ALL.set(JAVA_LONG_UNALIGNED, address, value);
    }

    static void putByte(long address, byte value) {
        ALL.set(JAVA_BYTE, address, value);
    }

    static byte[] bytes(long address, long length) {
        return ALL.asSlice(address, length).toArray(JAVA_BYTE);
    }

    /** A text that ends with a zero. */
    static String string(long address) {
        return ALL.getString(address);
    }

    static void copy(byte[] from, long to) {
        MemorySegment.copy(from, 0, ALL, JAVA_BYTE, to, from.length);
    }

    static void copy(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }

    static boolean equal(long one, long other, long length) {
        return ALL.asSlice(one, length).mismatch(ALL.asSlice(other, length)) < 0;
    }

    /** A view, which does not keep the memory. */
    static ByteBuffer view(long address, long length) {
        return ALL.asSlice(address, length).asByteBuffer();
    }

    /** The address of a direct buffer's next byte, at its position. */
    static long address(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address();
    }
}
