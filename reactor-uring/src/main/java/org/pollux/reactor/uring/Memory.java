package org.pollux.reactor.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Memory by its address. One constant segment that contains everything is the fastest way, because the compiler knows its bounds and
 * its scope. The caller must know the address.
 */
@SuppressWarnings("restricted")
final class Memory {

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    private Memory() {}

    static int readInt(long address) {
        return ALL.get(JAVA_INT, address);
    }

    static long readLong(long address) {
        return ALL.get(JAVA_LONG, address);
    }

    static void write(long address, int value) {
        ALL.set(JAVA_INT, address, value);
    }

    static void write(long address, long value) {
        ALL.set(JAVA_LONG, address, value);
    }

    static void write(long address, short value) {
        ALL.set(JAVA_SHORT, address, value);
    }

    static void clear(long address, long length) {
        ALL.asSlice(address, length).fill((byte) 0);
    }

    /** Sees everything that the kernel wrote before it published the value. */
    static int acquireInt(long address) {
        return (int) INT.getAcquire(ALL, address);
    }

    /** Publishes the value behind everything that was written before. */
    static void releaseInt(long address, int value) {
        INT.setRelease(ALL, address, value);
    }

    /** Like {@link #releaseInt}. */
    static void releaseShort(long address, short value) {
        SHORT.setRelease(ALL, address, value);
    }
}
