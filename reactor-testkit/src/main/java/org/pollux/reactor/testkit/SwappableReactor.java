package org.pollux.reactor.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.spi.Backend;

/**
 * A reactor with two operations that its interface does not have, because users do not need them: a turn by hand and a swap
 * of the backend.
 *
 * <pre>{@code new SwappableReactor(loop, loop::turn, loop::moveTo)}</pre>
 *
 * @param turning makes one turn and waits at most the given time; throws {@link IllegalStateException} when the reactor is
 *     closed
 */
public record SwappableReactor(Reactor reactor, Consumer<Duration> turning, Swap swapping) implements AutoCloseable {

    /** The operation that swaps the backend. */
    @FunctionalInterface
    public interface Swap {

        /**
         * Swaps the backend between two turns: in a task, a timer, a connection's last callback, or while no thread turns
         * the reactor.
         *
         * @return the number of moved sources: watched channels, connections, listeners and ports, without the reactor's own
         * @throws IOException when the backend opens no poller, or its poller refuses a source; nothing has changed then
         * @throws IllegalStateException in a callback of a channel, with the remedy: post a task
         */
        int moveTo(Backend next) throws IOException;
    }

    void turn(Duration longestWait) {
        turning.accept(longestWait);
    }

    /** Swaps the backend, as {@link Swap} describes. */
    public int moveTo(Backend next) throws IOException {
        return swapping.moveTo(next);
    }

    @Override
    public void close() {
        reactor.close();
    }
}
