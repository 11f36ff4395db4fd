package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Reactor;

/**
 * Ends exchanges whose handlers do not respond. A request costs no timer. An exchange whose handler has not responded
 * within its call is in a list until the handler responds. The list is checked a few times in each timeout. Nothing runs
 * while it is empty. For the thread of the loop.
 */
final class SlowHandlers {

    /** The number of checks in a timeout. A handler can exceed the timeout by one interval at most. */
    private static final int LOOKS = 4;

    /** The state of a watched exchange. */
    interface Awaited {

        /** Whether its response is expected, and nothing of it was sent yet. */
        boolean isUnsent();

        /** Whether its handler waits for more of the request's body. The client is then responsible for the delay. */
        boolean isReading();

        void timedOut(Duration timeout);
    }

    /** An exchange in the list. The list is linked through its entries, so nothing is allocated for an exchange. */
    static final class Entry {

        private final Awaited exchange;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private boolean listed;

        /** The time from which its handler has not responded. */
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

    /** Watches an exchange until its response begins. */
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

    /** More of its request's body has arrived: its handler had to wait for it. */
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
