package org.pollux.http.server.exchange;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The access of one request to the insides of an {@link Exchange}. The insides serve the next request when this one is
 * over. Each call of a handler passes through here, so it never reaches another request.
 *
 * <pre>
 *   the response:   OPEN ──send, stream──▶ TAKEN
 *                    └──the client is lost, the server responds──▶ DROPPED     the handler may continue, without effect
 *
 *   the insides:    lent ──another thread comes──▶ SHARED
 *                    │                               │ these insides are never used again
 *                    └────────── the end ────────────┴──▶ OVER
 * </pre>
 *
 * <p>The loop's thread only checks for OVER, because no other thread ends the exchange. Any other thread first marks the
 * insides as SHARED. A compare-and-set decides whether this or the end of the exchange comes first: either the thread is
 * refused, or the insides belong to this request for ever. So a thread that is slightly late cannot see the next request in
 * them, and neither side waits for the other.
 */
abstract class Turn {

    static final int OPEN = 1;
    static final int TAKEN = 2;
    static final int DROPPED = 4;
    static final int SHARED = 8;
    static final int OVER = 16;

    private static final AtomicIntegerFieldUpdater<Turn> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Turn.class, "state");

    private final Exchange exchange;
    private final Thread thread;

    /** A thread that received this without synchronization may see 0, and must then not read further. */
    private volatile int state;

    /** Called on the loop, when the insides are ready. A thread that reads the state afterwards sees all of them. */
    Turn(Exchange exchange) {
        this.exchange = exchange;
        this.thread = Thread.currentThread();
        STATE.lazySet(this, OPEN);
    }

    /** From any thread, at each call: the insides. */
    final Exchange exchange() {
        if ((enter() & OVER) != 0) {
            throw new RequestOver();
        }
        return exchange;
    }

    /** From any thread, at each call: the state, with OVER when the insides must not be read. */
    final int enter() {
        return Thread.currentThread() == thread ? state : share();
    }

    /** Keeps the insides for this request for ever, unless it is over. */
    final int share() {
        while (true) {
            int now = state;
            if (now == 0) {
                return TAKEN | OVER;
            }
            if ((now & (SHARED | OVER)) != 0 || STATE.compareAndSet(this, now, now | SHARED)) {
                return now;
            }
        }
    }

    /** The insides, for the caller for which {@link #share} has kept them. */
    final Exchange kept() {
        return exchange;
    }

    /** The lock that guards the response while several threads may use it. */
    final Object lock() {
        return exchange;
    }

    final boolean isShared() {
        return (state & SHARED) != 0;
    }

    /** Takes the response for the caller, which is on the loop and sends it: true when no other thread has used it. */
    final boolean takeUnshared() {
        return STATE.compareAndSet(this, OPEN, TAKEN);
    }

    /**
     * Takes the response, or drops it, while it is open.
     *
     * @param then TAKEN or DROPPED
     * @return whether it was open
     */
    final boolean become(int then) {
        while (true) {
            int now = state;
            if ((now & OPEN) == 0) {
                return false;
            }
            if (STATE.compareAndSet(this, now, (now & ~OPEN) | then)) {
                return true;
            }
        }
    }

    /** Takes back a response of which nothing was sent; the server responds instead. */
    final void takeBack() {
        while (true) {
            int now = state;
            if (STATE.compareAndSet(this, now, (now & ~TAKEN) | DROPPED)) {
                return;
            }
        }
    }

    final boolean isDropped() {
        return (state & DROPPED) != 0;
    }

    /**
     * Called on the loop: the exchange has ended.
     *
     * @return whether its insides can serve another request
     */
    final boolean end() {
        while (true) {
            int now = state;
            int then = ((now & OPEN) == 0 ? now : (now & ~OPEN) | DROPPED) | OVER;
            if (STATE.compareAndSet(this, now, then)) {
                return (now & SHARED) == 0;
            }
        }
    }
}
