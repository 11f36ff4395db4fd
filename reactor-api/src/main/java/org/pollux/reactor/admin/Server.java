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
}
