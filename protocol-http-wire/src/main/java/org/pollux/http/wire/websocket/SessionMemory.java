package org.pollux.http.wire.websocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.wire.Bytes;

/**
 * The memory that many connections use one after the other: for messages, for frames on their way out, and for compression. An
 * idle connection has none of it. From any thread.
 */
public final class SessionMemory implements AutoCloseable {

    /** What most messages and frames need. */
    private static final int SMALL = 4 * 1024;

    /** Threads seldom meet in one of these. A power of two. */
    private static final int PLACES = 16;

    /** What a thread has at once: a message, its compressed form, and a frame around that. */
    private static final int AT_ONCE = 3;

    /** Two places are not in one line of the cache. */
    private static final int STRIDE = 16;

    /** More than {@link #SMALL} is a power of two. These are the least exponent, and the last of what is kept. */
    private static final int LEAST = 13;

    private static final int LAST = 20;

    /** Maximum octets that wait for the next message; less than that in a small heap. */
    static final long KEPT = Math.min(16 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 32);

    private final Deflations deflations;
    private final AtomicReferenceArray<@Nullable Bytes> small = new AtomicReferenceArray<>(PLACES * STRIDE);
    private final Deque<Bytes>[] large = large();
    private long kept;
    private volatile boolean closed;

    /**
     * Makes an empty one.
     *
     * @param level of compression, 1 for the fastest to 9
     */
    public SessionMemory(int level) {
        deflations = new Deflations(level);
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Deque<Bytes>[] large() {
        return IntStream.rangeClosed(LEAST, LAST)
                .mapToObj(_ -> new ArrayDeque<Bytes>(0))
                .toArray(Deque[]::new);
    }

    Deflations deflations() {
        return deflations;
    }

    /** Lends empty memory for so many octets, until {@link #giveBack}; it may never come back. */
    Bytes lend(int octets) {
        if (octets > SMALL) {
            return lendLarge(octets);
        }
        int first = place();
        for (int i = first; i < first + AT_ONCE; i++) {
            Bytes present = small.getAndSet(i, null);
            if (present != null) {
                return present;
            }
        }
        return new Bytes(SMALL);
    }

    /** Takes back what was lent, which may have grown. What it has not lent is left to the garbage collector. */
    void giveBack(Bytes lent) {
        if (lent.clear().capacity() > SMALL) {
            giveBackLarge(lent);
        } else if (lent.capacity() == SMALL && !closed) {
            int place = place();
            int end = place + AT_ONCE;
            while (place < end && !small.compareAndSet(place, null, lent)) {
                place++;
            }
        }
    }

    private static int place() {
        return STRIDE * (int) (Thread.currentThread().threadId() & PLACES - 1);
    }

    private synchronized Bytes lendLarge(int octets) {
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(octets - 1);
        if (exponent > LAST) {
            return new Bytes(octets);
        }
        Bytes present = large[exponent - LEAST].poll();
        if (present == null) {
            return new Bytes(1 << exponent);
        }
        kept -= present.capacity();
        return present;
    }

    private synchronized void giveBackLarge(Bytes lent) {
        int capacity = lent.capacity();
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(capacity);
        if (!closed && exponent >= LEAST && exponent <= LAST && kept + capacity <= KEPT) {
            kept += capacity;
            large[exponent - LEAST].push(lent);
        }
    }

    /** Frees all memory. A later message makes its own. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int i = 0; i < small.length(); i++) {
            small.set(i, null);
        }
        kept = 0;
        for (Deque<Bytes> size : large) {
            size.clear();
        }
        deflations.close();
    }
}
