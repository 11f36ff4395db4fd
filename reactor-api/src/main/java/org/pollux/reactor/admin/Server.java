package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ProviderType;

/** The running server, as a service. From any thread. */
@ProviderType
public interface Server {

    /** The present status. Counters are read while the loops run, so they may not agree exactly. */
    ServerStatus status();

    /**
     * Moves every loop to another backend and returns when all have moved. No connection is touched.
     *
     * @param backend its name
     * @throws IllegalArgumentException when there is no such backend; the message names the available ones
     * @throws IllegalStateException when it cannot take over, with the reason; the old backend then still polls
     */
    SwapReport swap(String backend);

    /**
     * Gives a loop that is held up another thread. The present thread is interrupted first. If its callback still does
     * not return, all of the loop's connections, listeners, timers and tasks continue with the new thread; the
     * connection whose callback does not return is given up.
     *
     * @param loop its number, or {@code "admin"}
     * @throws IllegalArgumentException when there is no such loop; the message names the existing ones
     * @throws IllegalStateException when the loop is not held up
     */
    LoopReplacement replaceLoop(String loop);
}
