package org.pollux.reactor.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.spi.Backend;

/**
 * A reactor with what its interface does not have, because users have no need of it: a turn by hand and the exchange of
 * the backend.
 *
 * <pre>{@code new SwappableReactor(loop, loop::turn, loop::moveTo)}</pre>
 *
 * @param turning makes one turn, waiting no longer than it is told; refused with {@link IllegalStateException} when the
 *     reactor is closed
 */
public record SwappableReactor(Reactor reactor, Consumer<Duration> turning, Swap swapping) implements AutoCloseable {

    /** How the backend is exchanged. */
    @FunctionalInterface
    public interface Swap {

        /**
         * Exchanges the backend, between two turns: in a task, a timer, a connection's last callback, or while nobody
         * turns the reactor.
         *
         * @return how many sources moved: watched channels, connections, listeners and ports, nothing of the reactor's own
         * @throws IOException when the backend opens no poller, or its poller does not take a source; all is as before
         * @throws IllegalStateException in a callback of a channel, with the remedy: post a task
         */
        int moveTo(Backend next) throws IOException;
    }

    void turn(Duration longestWait) {
        turning.accept(longestWait);
    }

    /** Exchanges the backend as {@link Swap} says. */
    public int moveTo(Backend next) throws IOException {
        return swapping.moveTo(next);
    }

    @Override
    public void close() {
        reactor.close();
    }
}
