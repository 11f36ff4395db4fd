package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ProviderType;

/** The running server, as a service. From any thread. */
@ProviderType
public interface Server {

    /** What is so now. Counters are read while the loops run, so they may be apart by some events. */
    ServerStatus status();

    /**
     * Moves every loop to another backend and returns when all have moved. No connection is touched.
     *
     * @param backend its name
     * @throws IllegalArgumentException when no such backend is there, naming those that are
     * @throws IllegalStateException when it cannot take over, with the reason; the old one then still polls
     */
    SwapReport swap(String backend);

    /**
     * Gives a loop that is held up another thread. The present thread is interrupted first. When it does not return by that,
     * all of the loop's connections, listeners, timers and tasks go on with the new thread; the one whose callback does not
     * return is given up.
     *
     * @param loop its number, or {@code "admin"}
     * @throws IllegalArgumentException when there is no such loop, naming those that there are
     * @throws IllegalStateException when the loop is not held up
     */
    LoopReplacement replaceLoop(String loop);
}
