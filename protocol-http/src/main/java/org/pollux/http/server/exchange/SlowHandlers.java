package org.pollux.http.server.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.h1.Http1Conversation;
import org.pollux.reactor.Event;

/**
 * Ends exchanges whose handlers do not respond. A request costs no timer: a connection whose handler has not responded in its
 * call is looked at a few times in each timeout, and left out as soon as it is found without such a request. Nothing runs
 * while there are none. For the thread of the loop.
 */
public final class SlowHandlers {

    /** How often is looked in a timeout; a handler has so much longer at most. */
    private static final int LOOKS = 4;

    private final Duration timeout;
    private final Time time;
    private List<Http1Conversation> watched = new ArrayList<>();
    private @Nullable Event looking;

    public SlowHandlers(Duration timeout, Time time) {
        this.timeout = timeout;
        this.time = time;
    }

    public boolean isOff() {
        return timeout.isZero();
    }

    /** Looks after a connection until it is found without a request that waits. */
    public void watch(Http1Conversation one) {
        watched.add(one);
        if (looking == null) {
            Duration period = timeout.dividedBy(LOOKS);
            looking = one.reactor().every(period.isZero() ? timeout : period, _ -> look());
        }
    }

    private void look() {
        List<Http1Conversation> looked = watched;
        watched = new ArrayList<>();
        long now = time.nanos();
        for (Http1Conversation one : looked) {
            if (one.lookForResponse(now, timeout)) {
                watched.add(one);
            }
        }
        if (watched.isEmpty() && looking != null) {
            looking.close();
            looking = null;
        }
    }
}
