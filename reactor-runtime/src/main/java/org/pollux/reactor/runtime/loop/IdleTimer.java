package org.pollux.reactor.runtime.loop;

/**
 * Reports when nothing happened to a source for some time, again and again. What happens is only noted there, in
 * {@link Watched#lastActivity}: the timer finds out when it expires, and starts again for the rest.
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
