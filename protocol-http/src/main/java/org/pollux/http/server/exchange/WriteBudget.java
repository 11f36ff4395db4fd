package org.pollux.http.server.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits of a response that is written from any thread: on its way to the loop, and on the connection. It says when its
 * writer must stop, and must tell it when it can go on.
 */
final class WriteBudget {

    /** More than this may not be on its way: its writer ignores the result of its writes. */
    private static final long BOUND = 16 * 1024 * 1024;

    /** What a piece takes until it is on the loop, beside its bytes. */
    private static final int POSTED_COST = 160;

    private final Carrier carrier;

    /** How much may wait before a writer is told to stop. */
    private final int limit;

    private final AtomicLong posted = new AtomicLong();

    /** The server has no memory for what this writer has to say. */
    private volatile boolean refused;

    /** Somebody was told to stop; set by any thread, taken back by the loop. */
    private volatile boolean owesDrained;

    /** For the loop: whether the connection has no room. */
    private boolean full;

    WriteBudget(Carrier carrier, int limit) {
        this.carrier = carrier;
        this.limit = limit;
    }

    /** From any thread: so many bytes are taken to the loop. False when the writer must stop. */
    boolean post(int count) {
        if (!carrier.charge(count + POSTED_COST)) {
            refused = true;
        }
        boolean room = posted.addAndGet(Burst.weight(count)) + carrier.pending() <= limit;
        if (!room) {
            owesDrained = true; // before the task that takes them, which is the last to look
        }
        return room;
    }

    /** On the loop: the writer is told to stop, though there may be room. */
    void stop() {
        owesDrained = true;
    }

    boolean isBeyondBound() {
        return refused || posted.get() > BOUND;
    }

    /** On the loop: they have arrived. */
    void arrived(int count) {
        posted.addAndGet(-Burst.weight(count));
        boolean _ = carrier.charge(-count - POSTED_COST);
    }

    /** On the loop: what the connection said when something was written. */
    void wrote(boolean room) {
        full = !room;
        if (full) { // not |=, which takes away what another thread sets between its read and its write
            owesDrained = true;
        }
    }

    boolean isFull() {
        return full;
    }

    /** On the loop: the connection has room again. */
    void drained() {
        full = false;
    }

    /** On the loop: whether the writer must be told now that it can go on. */
    boolean takeDrained() {
        boolean due = owesDrained && !full && posted.get() <= limit / 4;
        if (due) {
            owesDrained = false;
        }
        return due;
    }
}
