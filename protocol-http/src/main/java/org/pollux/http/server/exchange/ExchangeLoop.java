package org.pollux.http.server.exchange;

import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.meters.LoopMeter;
import org.pollux.http.server.settings.HttpSettings;

/**
 * The objects that the exchanges of one event loop share, one callback after the other, on all wires. For that loop's
 * thread.
 */
public final class ExchangeLoop {

    private final HttpSettings settings;
    private final Time time;
    private final LimitCounts counts;
    private final LoopMeter meter;
    private final SlowHandlers slowHandlers;
    private final StreamLoop streams;
    private Exchange spare;
    private OutgoingResponse own = new OutgoingResponse();
    private Thread thread = Thread.currentThread();

    /** When a request began or ended last; the clock is a part of the price of a small request. */
    private long lastTime;

    /** Whether that was in the present callback. */
    private boolean isTimed;

    public ExchangeLoop(HttpSettings settings, Time time, LimitCounts counts, LoopMeter meter) {
        this.settings = settings;
        this.time = time;
        this.counts = counts;
        this.meter = meter;
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

    /** Counts the requests of this loop. */
    public LoopMeter meter() {
        return meter;
    }

    /** The time at which a request begins: when the one before has ended in the same callback, that time. */
    long begin() {
        if (!isTimed) {
            isTimed = true;
            lastTime = time.nanos();
        }
        return lastTime;
    }

    /** The time at which a response ends. */
    long end() {
        isTimed = true;
        lastTime = time.nanos();
        return lastTime;
    }

    SlowHandlers slowHandlers() {
        return slowHandlers;
    }

    /**
     * Checks whether the loop has another thread. The earlier thread has not returned from a handler, and may still use the
     * objects that are lent to one callback after the other. Called on the new thread, at the beginning of each callback of
     * a wire.
     *
     * @return whether the thread has changed
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

    /** Begins a callback that presents a client's bytes, or in which its handlers may write more. */
    public void enterCallback() {
        boolean _ = enter();
        isTimed = false;
        streams.enterCallback();
    }

    StreamLoop streams() {
        return streams;
    }

    /** The exchange for each request whose handler responds within its call. */
    public Exchange spare() {
        return spare;
    }

    /** Stops the reuse of an exchange that continues after the call, or that another thread has used. */
    void giveAway(Exchange exchange) {
        if (exchange == spare) {
            spare = new Exchange(this);
        }
    }

    /** The response that the server sends by itself; valid until the next one. */
    public OutgoingResponse own() {
        return own;
    }
}
