package org.pollux.reactor.testkit;

import java.time.Duration;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;

/** A timer of a {@link HandReactor}. */
final class HandTimer implements Handle, Comparable<HandTimer> {

    private final HandReactor reactor;
    private final Duration period;
    private final long age;
    private final boolean asked;
    private final EventHandler handler;
    private long deadline;
    private boolean closed;

    HandTimer(HandReactor reactor, long deadline, Duration period, long age, boolean asked, EventHandler handler) {
        this.reactor = reactor;
        this.deadline = deadline;
        this.period = period;
        this.age = age;
        this.asked = asked;
        this.handler = handler;
    }

    /** Whether the timer is a user's, and not the kit's own. */
    boolean isAsked() {
        return asked;
    }

    long deadline() {
        return deadline;
    }

    boolean isDue() {
        return deadline - reactor.clock().getAsLong() <= 0;
    }

    /** The timer is due, and no longer in the reactor's list. */
    void expire() {
        if (period.isZero()) {
            closed = true;
        } else {
            long late = reactor.clock().getAsLong() - deadline;
            deadline += (late / period.toNanos() + 1) * period.toNanos();
            reactor.again(this);
        }
        try {
            handler.onEvent(this);
        } catch (Exception e) {
            close();
            throw new AssertionError("A timer's handler failed", e);
        }
    }

    /** By deadline, then by age; a clock may wrap around. */
    @Override
    public int compareTo(HandTimer other) {
        return deadline == other.deadline ? Long.compare(age, other.age) : Long.compare(deadline - other.deadline, 0);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        reactor.cancel(this);
    }
}
