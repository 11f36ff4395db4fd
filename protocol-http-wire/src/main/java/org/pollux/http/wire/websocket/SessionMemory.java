package org.pollux.http.wire.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/**
 * The memory that many connections use one after the other: for frames on their way out, for messages that come in several
 * reads, and for compression. An idle connection has none of it, and a busy one makes no garbage. From any thread.
 */
public final class SessionMemory implements AutoCloseable {

    /** What a frame on its way out needs most often. */
    private static final int FRAME = 4 * 1024;

    /** A power of two: threads seldom meet in one of so many places. */
    private static final int PLACES = 16;

    /** The sizes of what is lent are powers of two, from this exponent on; more than the last is not kept. */
    private static final int LEAST = 9;

    private static final int MOST = 20;

    /** Maximum octets that wait for the next message. */
    static final int KEPT = 16 * 1024 * 1024;

    private final Deflations deflations;
    private final AtomicReferenceArray<@Nullable Bytes> frames = new AtomicReferenceArray<>(PLACES);
    private final Deque<Bytes>[] free = free();
    private int kept;
    private boolean closed;

    /**
     * Makes an empty one.
     *
     * @param level of compression, 1 for the fastest to 9
     */
    public SessionMemory(int level) {
        deflations = new Deflations(level);
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Deque<Bytes>[] free() {
        return IntStream.rangeClosed(LEAST, MOST)
                .mapToObj(_ -> new ArrayDeque<Bytes>(0))
                .toArray(Deque[]::new);
    }

    Deflations deflations() {
        return deflations;
    }

    // ---- frames on their way out

    /** Lends empty memory for a frame of so many octets, until {@link #sent}. */
    Bytes forFrame(int octets) {
        if (octets > FRAME) {
            return lend(octets);
        }
        Bytes present = frames.getAndSet(place(), null);
        return present == null ? new Bytes(FRAME) : present;
    }

    /** Takes back what {@link #forFrame} lent. */
    void sent(Bytes frame) {
        if (frame.capacity() > FRAME) {
            giveBack(frame);
        } else {
            frames.set(place(), frame.clear());
        }
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & PLACES - 1;
    }

    // ---- messages

    /** Lends empty memory for so many octets, until {@link #giveBack}; it may never come back. */
    synchronized Bytes lend(int octets) {
        int exponent = Math.max(LEAST, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(octets, 1) - 1));
        if (exponent > MOST) {
            return new Bytes(octets);
        }
        Bytes present = free[exponent - LEAST].poll();
        if (present == null) {
            return new Bytes(1 << exponent);
        }
        kept -= present.capacity();
        return present;
    }

    /** Takes back what was lent, which may have grown. */
    synchronized void giveBack(Bytes lent) {
        int capacity = lent.clear().capacity();
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(capacity);
        if (!closed && exponent >= LEAST && exponent <= MOST && kept + capacity <= KEPT) {
            kept += capacity;
            free[exponent - LEAST].push(lent);
        }
    }

    /** Frees all memory. A later message makes its own. */
    @Override
    public synchronized void close() {
        closed = true;
        kept = 0;
        for (Deque<Bytes> size : free) {
            size.clear();
        }
        deflations.close();
    }
}
