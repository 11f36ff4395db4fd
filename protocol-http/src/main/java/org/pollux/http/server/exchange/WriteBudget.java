package org.pollux.http.server.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the waiting bytes of a response that is written from any thread: on their way to the loop, and on the connection.
 * It decides when the writer must stop, and when to call it again.
 */
final class WriteBudget {

    /** The maximum number of bytes on their way. A writer that exceeds it ignores the result of its writes. */
    private static final long BOUND = 16 * 1024 * 1024;

    /** The memory of a piece on its way to the loop, in addition to its bytes. */
    private static final int POSTED_COST = 160;

    private final Carrier carrier;

    /** The bytes that may wait before a writer must stop. */
    private final int limit;

    private final AtomicLong posted = new AtomicLong();

    /** The server has no memory for more bytes of this writer. */
    private volatile boolean refused;

    /** A writer has stopped and waits for a callback; set by any thread, reset by the loop. */
    private volatile boolean owesDrained;

    /** For the loop: whether the connection is full. */
    private boolean full;

    WriteBudget(Carrier carrier, int limit) {
        this.carrier = carrier;
        this.limit = limit;
    }

    /** From any thread: counts this many bytes on their way to the loop. False when the writer must stop. */
    boolean post(int count) {
        if (!carrier.charge(count + POSTED_COST)) {
            refused = true;
        }
        boolean room = posted.addAndGet(Burst.weight(count)) + carrier.pending() <= limit;
        if (!room) {
            owesDrained = true; // before the task that takes them, because it checks this last
        }
        return room;
    }

    /** Called on the loop: the writer must stop, even if there is room. */
    void stop() {
        owesDrained = true;
    }

    /** Whether no bytes are on their way to the loop. */
    boolean isEmpty() {
        return posted.get() == 0;
    }

    boolean isBeyondBound() {
        return refused || posted.get() > BOUND;
    }

    /** Called on the loop: these bytes have arrived. */
    void arrived(int count) {
        posted.addAndGet(-Burst.weight(count));
        boolean _ = carrier.charge(-count - POSTED_COST);
    }

    /** Called on the loop: the result of a write to the connection. */
    void wrote(boolean room) {
        full = !room;
        if (full) { // not |=, which would overwrite a value that another thread sets between its read and its write
            owesDrained = true;
        }
    }

    boolean isFull() {
        return full;
    }

    /** Called on the loop: the connection has room again. */
    void drained() {
        full = false;
    }

    /** Called on the loop: whether the writer must be called now, because it can continue. */
    boolean takeDrained() {
        if (!owesDrained) {
            return false;
        }
        owesDrained = false; // before the look at what is posted: a writer that comes meanwhile sets it again
        boolean due = !full && posted.get() <= limit / 4;
        if (!due) {
            owesDrained = true;
        }
        return due;
    }
}
