package org.pollux.http.server.exchange;

import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.settings.HttpSettings;

/**
 * What the exchanges of one event loop share, one callback after the other, whichever wires carry them. For that loop's
 * thread.
 */
public final class ExchangeLoop {

    private final HttpSettings settings;
    private final Time time;
    private final LimitCounts counts;
    private final SlowHandlers slowHandlers;
    private final StreamLoop streams;
    private Exchange spare;
    private OutgoingResponse own = new OutgoingResponse();
    private Thread thread = Thread.currentThread();

    public ExchangeLoop(HttpSettings settings, Time time, LimitCounts counts) {
        this.settings = settings;
        this.time = time;
        this.counts = counts;
        this.slowHandlers = new SlowHandlers(settings.connection().responseTimeout(), time);
        this.streams = new StreamLoop(settings.connection().outbound());
        this.spare = new Exchange(this);
    }

    public HttpSettings settings() {
        return settings;
    }

    public Time time() {
        return time;
    }

    public LimitCounts counts() {
        return counts;
    }

    SlowHandlers slowHandlers() {
        return slowHandlers;
    }

    /**
     * The loop has another thread: the one before does not return from a handler, and may have in hand whatever is lent to one
     * callback after the other. On the new thread, at the beginning of each callback of a wire.
     *
     * @return whether it has
     */
    public boolean enter() {
        if (thread == Thread.currentThread()) {
            return false;
        }
        thread = Thread.currentThread();
        spare = new Exchange(this);
        own = new OutgoingResponse();
        streams.forgetBuffer();
        return true;
    }

    /** A callback in which a client's bytes are presented, or its handlers may write on, begins. */
    public void enterCallback() {
        boolean _ = enter();
        streams.enterCallback();
    }

    StreamLoop streams() {
        return streams;
    }

    /** The exchange that every request uses whose handler responds in its call. */
    public Exchange spare() {
        return spare;
    }

    /** An exchange that goes on after the call, or that another thread has looked at, is never used again. */
    void giveAway(Exchange exchange) {
        if (exchange == spare) {
            spare = new Exchange(this);
        }
    }

    /** For a response that the server sends by itself, until the next one. */
    public OutgoingResponse own() {
        return own;
    }
}
