package org.pollux.reactor.testkit;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Storage;

/** A timer of a {@link HandReactor}. */
final class HandTimer implements Event, Comparable<HandTimer> {

    private final HandReactor reactor;
    private final Duration period;
    private final long age;
    private final EventHandler handler;
    private long deadline;
    private boolean once;
    private boolean closed;

    HandTimer(HandReactor reactor, long deadline, Duration period, long age, EventHandler handler) {
        this.reactor = reactor;
        this.deadline = deadline;
        this.period = period;
        this.age = age;
        this.handler = handler;
        this.once = period.isZero();
    }

    long deadline() {
        return deadline;
    }

    boolean isDue() {
        return deadline - reactor.clock().getAsLong() <= 0;
    }

    /** It is due, and no longer among the reactor's. */
    void expire() {
        if (once) {
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
    public HandReactor reactor() {
        return reactor;
    }

    @Override
    public SelectableChannel channel() {
        throw noChannel();
    }

    @Override
    public Interest ready() {
        return Interest.NONE;
    }

    @Override
    public Event interest(Interest interest) {
        throw noChannel();
    }

    @Override
    public Event timeout(Duration idle) {
        throw noChannel();
    }

    private static IllegalStateException noChannel() {
        return new IllegalStateException("A timer has no channel");
    }

    @Override
    public Event once() {
        once = true;
        return this;
    }

    @Override
    public Storage storage() {
        throw new UnsupportedOperationException("A timer of a HandReactor has no storage");
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
