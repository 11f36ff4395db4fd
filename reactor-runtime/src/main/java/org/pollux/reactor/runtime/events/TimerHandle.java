package org.pollux.reactor.runtime.events;

import java.time.Duration;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.Timer;

/** A timer, once or periodically. */
public final class TimerHandle extends LoopHandle {

    private final EventHandler handler;
    private final long period;
    private final Timer timer = new Timer() {
        @Override
        protected void expire(long now) {
            if (period > 0) {
                // The next multiple that is still to come: no drift, and no burst after a stall.
                long late = now - deadline;
                loop.timers().start(this, deadline + (late / period + 1) * period);
            }
            happen(Interest.NONE);
        }

        @Override
        protected void drop() {
            close();
        }
    };

    /** Due once, after a delay. */
    public static TimerHandle after(Loop loop, Duration delay, EventHandler handler) {
        loop.requireNotEnded();
        return new TimerHandle(loop, handler, Durations.nanos(delay), 0);
    }

    /** Due again and again. */
    public static TimerHandle every(Loop loop, Duration period, EventHandler handler) {
        loop.requireNotEnded();
        long nanos = Durations.nanos(period);
        if (nanos == 0) {
            throw new IllegalArgumentException("A period must be positive, but is " + period);
        }
        return new TimerHandle(loop, handler, nanos, nanos);
    }

    /**
     * A timer that is due after a delay.
     *
     * @param period nanoseconds between two callbacks, 0 for a single one
     */
    private TimerHandle(Loop loop, EventHandler handler, long delay, long period) {
        super(loop);
        this.handler = handler;
        this.period = period;
        if (period == 0) {
            closeBeforeNext();
        }
        loop.timers().start(timer, loop.now() + delay);
    }

    @Override
    void call(Interest none) throws Exception {
        handler.onEvent(this);
    }

    @Override
    Object handler() {
        return handler;
    }

    @Override
    void unregister() {
        loop.timers().cancel(timer);
    }

    @Override
    public String toString() {
        return period > 0 ? "Timer every " + period + " ns" : "Timer";
    }
}
