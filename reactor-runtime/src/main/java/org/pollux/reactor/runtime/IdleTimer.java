package org.pollux.reactor.runtime;

/**
 * Tells when nothing happened to a source for some time, again and again. What happens is only noted there, in
 * {@link Watched#lastActivity}: the timer finds out when it expires, and starts again for the rest.
 */
final class IdleTimer extends Timer {

    private final Watched source;
    private final long timeout;
    private final Runnable onIdle;

    IdleTimer(Watched source, long timeoutNanos, Runnable onIdle) {
        this.source = source;
        this.timeout = timeoutNanos;
        this.onIdle = onIdle;
        touch();
        start();
    }

    void touch() {
        source.lastActivity = source.loop.now();
    }

    void cancel() {
        source.loop.timers().cancel(this);
    }

    @Override
    void expire(long now) {
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
