package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Reactor;

/**
 * Ends exchanges whose handlers do not respond. A request costs no timer: an exchange whose handler has not responded in its
 * call is in a list until it has, and that is looked at a few times in each timeout. Nothing runs while the list is empty. For
 * the thread of the loop.
 */
final class SlowHandlers {

    /** How often is looked in a timeout; a handler has so much longer at most. */
    private static final int LOOKS = 4;

    /** What an exchange that is looked after says of itself. */
    interface Awaited {

        /** Whether nothing of its response has left yet, though it is waited for. */
        boolean isUnsent();

        /** Whether its handler waits for more of the request's body, which is the client's business. */
        boolean isReading();

        void timedOut(Duration timeout);
    }

    /** An exchange in the list, which is linked through it: nothing is allocated for one. */
    static final class Entry {

        private final Awaited exchange;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private boolean listed;

        /** From when on its handler has not responded. */
        private long since;

        Entry(Awaited exchange) {
            this.exchange = exchange;
        }
    }

    private final Duration timeout;
    private final Time time;
    private @Nullable Entry first;
    private @Nullable Handle looking;

    SlowHandlers(Duration timeout, Time time) {
        this.timeout = timeout;
        this.time = time;
    }

    /** Looks after an exchange until its response begins. */
    void watch(Entry one, Reactor reactor) {
        if (timeout.isZero() || one.listed) {
            return;
        }
        one.since = time.nanos();
        one.listed = true;
        one.before = null;
        one.after = first;
        if (first != null) {
            first.before = one;
        }
        first = one;
        if (looking == null) {
            Duration period = timeout.dividedBy(LOOKS);
            looking = reactor.every(period.isZero() ? timeout : period, _ -> look());
        }
    }

    /** Its request's body has gone on: its handler had to wait for that. */
    void goOn(Entry one) {
        if (one.listed) {
            one.since = time.nanos();
        }
    }

    void forget(Entry one) {
        if (!one.listed) {
            return;
        }
        one.listed = false;
        if (one.before == null) {
            first = one.after;
        } else {
            one.before.after = one.after;
        }
        if (one.after != null) {
            one.after.before = one.before;
        }
        one.before = null;
        one.after = null;
    }

    private void look() {
        long now = time.nanos();
        List<Awaited> late = new ArrayList<>();
        Entry next = first;
        while (next != null) {
            Entry one = next;
            next = one.after;
            if (!one.exchange.isUnsent()) {
                forget(one);
            } else if (one.exchange.isReading()) {
                one.since = now;
            } else if (now - one.since >= timeout.toNanos()) {
                forget(one);
                late.add(one.exchange);
            }
        }
        late.forEach(one -> one.timedOut(timeout));
        if (first == null && looking != null) {
            looking.close();
            looking = null;
        }
    }
}
