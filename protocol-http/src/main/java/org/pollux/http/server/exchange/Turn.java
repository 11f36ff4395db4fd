package org.pollux.http.server.exchange;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The hold that one request has on the insides of an {@link Exchange}, which serve the next request when this one is over.
 * All that a handler is given goes through here at each call, so that it never reaches another request.
 *
 * <pre>
 *   the response:   OPEN ──send, stream──▶ TAKEN
 *                    └──the client is lost, the server responds──▶ DROPPED     the handler may go on, and nobody hears it
 *
 *   the insides:    lent ──another thread comes──▶ SHARED
 *                    │                               │ these insides are never used again
 *                    └────────── the end ────────────┴──▶ OVER
 * </pre>
 *
 * <p>The loop's thread looks whether it is OVER and goes on: nobody else ends it meanwhile. Any other thread marks the
 * insides as SHARED first. Of that and the end of the exchange exactly one comes first, by one compare-and-set: either the
 * thread is refused, or the insides belong to this request for ever. So no thread that is late by a moment can meet the
 * next request in them, and neither side waits for the other.
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

    /** 0 shows a thread that got this without synchronization that it must not look further. */
    private volatile int state;

    /** On the loop, when the insides are ready: a thread that reads the state afterwards sees all of them. */
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

    /** From any thread, at each call: the state, with OVER when the insides must not be looked at. */
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

    /** What guards the response while several threads may use it. */
    final Object lock() {
        return exchange;
    }

    final boolean isShared() {
        return (state & SHARED) != 0;
    }

    /** The response is going to be sent by the caller, which is on the loop: true when no other thread was here. */
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

    /** Nothing was sent of what was taken, and the server responds instead. */
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
     * On the loop: the exchange has ended.
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
