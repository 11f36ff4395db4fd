package org.pollux.reactor.uring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The bytes that are written in a turn and sent together by the next poll. It is empty again when the kernel has taken the entries. */
final class Outbox {

    /** More in one write is sent at once: a copy would cost more than a system call. */
    static final int LONGEST = 16 * 1_024;

    private static final int SIZE = 1_024 * 1_024;

    private final ByteBuffer memory;
    private final long address;

    Outbox(Arena arena) {
        MemorySegment all = arena.allocate(SIZE);
        memory = all.asByteBuffer();
        address = all.address();
    }

    boolean hasRoom(int length) {
        return length <= memory.remaining();
    }

    /** Index behind the last byte. */
    int end() {
        return memory.position();
    }

    /** Takes all bytes of the buffers in the range. */
    void append(ByteBuffer[] data, int from, int count) {
        for (int i = from; i < from + count; i++) {
            memory.put(data[i]);
        }
    }

    long address(int index) {
        return address + index;
    }

    /** A part of it, where it is. */
    ByteBuffer slice(int index, int length) {
        return memory.slice(index, length);
    }

    void clear() {
        memory.clear();
    }
}
