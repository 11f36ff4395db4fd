package org.pollux.reactor.admin;

import java.util.Optional;

/**
 * An event loop. Counters run since its start.
 *
 * @param name of its thread
 * @param backend the one it polls with
 * @param sources channels it watches, its own wake-up pipe not counted
 * @param connections open stream connections
 * @param turns of the loop
 * @param bytesRead from stream connections
 * @param bytesWritten to stream connections
 * @param heldUp while a callback does not return: {@code "held up 12 s by org.acme.bundle, called for ..."}
 * @param timesHeldUp how often a callback lasted longer than {@code heldUpAfter} of {@code pollux.runtime}
 */
public record LoopStatus(
        String name,
        String backend,
        int sources,
        int connections,
        long turns,
        long bytesRead,
        long bytesWritten,
        Optional<String> heldUp,
        long timesHeldUp) {

    /** A loop that was never held up. */
    public LoopStatus(
            String name, String backend, int sources, int connections, long turns, long bytesRead, long bytesWritten) {
        this(name, backend, sources, connections, turns, bytesRead, bytesWritten, Optional.empty(), 0);
    }
}
