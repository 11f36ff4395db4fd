package org.pollux.reactor.admin;

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
 */
public record LoopStatus(
        String name, String backend, int sources, int connections, long turns, long bytesRead, long bytesWritten) {}
