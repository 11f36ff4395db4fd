package org.pollux.reactor.runtime;

import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;

/** An event of the clock, once or periodically. */
final class TimerEvent extends LoopEvent {

    private final long period;
    private final Timer timer = new Timer() {
        @Override
        void expire(long now) {
            if (period > 0) {
                // The next multiple that is still to come: no drift, and no burst after a stall.
                long late = now - deadline;
                loop.timers().start(this, deadline + (late / period + 1) * period);
            }
            happen(Interest.NONE);
        }

        @Override
        void drop() {
            close();
        }
    };

    /**
     * A timer that is due after a delay.
     *
     * @param period nanoseconds between two callbacks, 0 for a single one
     */
    TimerEvent(EventLoop loop, EventHandler handler, long delay, long period) {
        super(loop, handler);
        this.period = period;
        if (period == 0) {
            once();
        }
        loop.timers().start(timer, loop.now() + delay);
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
