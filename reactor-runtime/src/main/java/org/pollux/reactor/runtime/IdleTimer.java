package org.pollux.reactor.runtime;

/**
 * Tells when nothing happened for some time, again and again. {@link #touch} is a store: the timer finds out that it was
 * touched when it expires, and starts again for the rest.
 */
final class IdleTimer extends Timer {

    private final EventLoop loop;
    private final long timeout;
    private final Runnable onIdle;
    private long lastActivity;

    IdleTimer(EventLoop loop, long timeoutNanos, Runnable onIdle) {
        this.loop = loop;
        this.timeout = timeoutNanos;
        this.onIdle = onIdle;
        touch();
        loop.timers().start(this, lastActivity + timeout);
    }

    void touch() {
        lastActivity = loop.now();
    }

    void cancel() {
        loop.timers().cancel(this);
    }

    @Override
    void expire(long now) {
        boolean idle = now - lastActivity >= timeout;
        if (idle) {
            lastActivity = now;
        }
        loop.timers().start(this, lastActivity + timeout);
        if (idle) {
            onIdle.run();
        }
    }
}
