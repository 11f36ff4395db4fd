package org.pollux.http.client.websocket;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Reactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session needs of its loop: tasks, and one timer until it has ended. From any thread. */
final class OnLoop {

    private static final Logger LOG = LoggerFactory.getLogger(OnLoop.class);

    private final Reactor reactor;
    private @Nullable Handle timer;
    private boolean over;

    OnLoop(Reactor reactor) {
        this.reactor = reactor;
    }

    void execute(Runnable task) {
        if (reactor.inLoop()) {
            task.run();
        } else {
            later(task);
        }
    }

    void later(Runnable task) {
        try {
            reactor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("A WebSocket has ended with its loop", e);
        }
    }

    /** Calls back again and again; it replaces an earlier callback. */
    void every(Duration period, Runnable callback) {
        execute(() -> set(period, callback));
    }

    private void set(Duration period, Runnable callback) {
        if (timer != null) {
            timer.close();
            timer = null;
        }
        if (!over && !period.isZero()) {
            timer = reactor.every(period, _ -> callback.run());
        }
    }

    /** Stops the timer. Called on the loop. */
    void end() {
        over = true;
        set(Duration.ZERO, () -> {});
    }
}
