package org.pollux.reactor.runtime.loop;

/**
 * Reports, repeatedly, that a source was idle for some time. Activity is only recorded in {@link Watched#lastActivity}. The
 * timer reads it when it expires, and restarts for the remaining time.
 */
public final class IdleTimer extends Timer {

    private final Watched source;
    private final long timeout;
    private final Runnable onIdle;

    public IdleTimer(Watched source, long timeoutNanos, Runnable onIdle) {
        this.source = source;
        this.timeout = timeoutNanos;
        this.onIdle = onIdle;
        touch();
        start();
    }

    public void touch() {
        source.lastActivity = source.loop.now();
    }

    public void cancel() {
        source.loop.timers().cancel(this);
    }

    @Override
    protected void expire(long now) {
        boolean idle = now - source.lastActivity >= timeout;
        if (idle) {
            source.lastActivity = now;
        }
        start();
        if (idle) {
            onIdle.run();
        }
    }

    private void start() {
        source.loop.timers().start(this, source.lastActivity + timeout);
    }
}
