package org.pollux.reactor.uring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The memory into which the kernel receives. It takes a buffer from a ring of them when bytes are there, so that no stream has one
 * while it waits. Few buffers are in use at first, because they stay in the processor's cache; each time that they were too few there
 * are twice as many.
 */
final class ReceiveBuffers {

    static final int SIZE = 2_048;
    static final int MOST = 1_024;
    private static final int FIRST = 96;

    /** Ends a chain of buffers. */
    static final int NONE = -1;

    private static final int PAGE = 4_096;
    private static final int ENTRY = 16;

    /** Of the ring's tail, in the first entry. */
    private static final int TAIL = 14;

    private static final int REGISTRATION_SIZE = 40;

    private final long ring;
    private final long address;
    private final ByteBuffer memory;
    private final long registration;

    /** Length of the bytes in a buffer that a stream holds; 0 when the kernel has it. */
    private final int[] lengths = new int[MOST];

    /** The next buffer of the same stream. */
    private final int[] next = new int[MOST];

    /** So many buffers are in use. */
    private int used = FIRST;

    private int tail;

    ReceiveBuffers(Arena arena) {
        ring = arena.allocate((long) ENTRY * MOST, PAGE).address();
        MemorySegment all = arena.allocate((long) SIZE * MOST, PAGE);
        address = all.address();
        memory = all.asByteBuffer();
        registration = arena.allocate(REGISTRATION_SIZE, Long.BYTES).address();
        Memory.write(registration, ring);
        Memory.write(registration + 8, MOST); // struct io_uring_buf_reg, the group 0
        Arrays.fill(next, NONE);
    }

    /** Gives a ring all buffers that no stream holds. */
    void registerWith(Ring receiver) throws IOException {
        tail = 0;
        Memory.releaseShort(ring + TAIL, (short) 0);
        receiver.register(Flags.REGISTER_PBUF_RING, registration, 1);
        for (int buffer = 0; buffer < used; buffer++) {
            if (lengths[buffer] == 0) {
                give(buffer);
            }
        }
    }

    /** The kernel had none left. */
    void grow() {
        int more = Math.min(2 * used, MOST);
        while (used < more) {
            give(used++);
        }
    }

    /** The number of the buffer of a completion. */
    static int number(int flags) {
        return flags >>> Flags.CQE_BUFFER_SHIFT;
    }

    /** A completion has no bytes that anybody wants, but perhaps a buffer. */
    void giveBack(int flags) {
        if ((flags & Flags.CQE_BUFFER) != 0) {
            give(number(flags));
        }
    }

    /** Gives a buffer to the kernel. */
    void give(int buffer) {
        lengths[buffer] = 0;
        next[buffer] = NONE;
        long entry = ring + (long) ENTRY * (tail & MOST - 1);
        Memory.write(entry, address + (long) SIZE * buffer);
        Memory.write(entry + 8, SIZE);
        Memory.write(entry + 12, (short) buffer);
        tail++;
        Memory.releaseShort(ring + TAIL, (short) tail);
    }

    /** The kernel has filled a buffer, which belongs to a stream now. */
    void take(int buffer, int length) {
        lengths[buffer] = length;
    }

    void chain(int buffer, int successor) {
        next[buffer] = successor;
    }

    int next(int buffer) {
        return next[buffer];
    }

    int length(int buffer) {
        return lengths[buffer];
    }

    /** Copies bytes of a buffer to a target with room for them. */
    void copy(int buffer, int offset, int length, ByteBuffer target) {
        int position = target.position();
        target.put(position, memory, SIZE * buffer + offset, length).position(position + length);
    }

    /** Bytes of a buffer where they are. */
    ByteBuffer slice(int buffer, int offset) {
        return memory.slice(SIZE * buffer + offset, lengths[buffer] - offset);
    }
}
