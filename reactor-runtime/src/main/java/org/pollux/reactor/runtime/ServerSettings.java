package org.pollux.reactor.runtime;

import java.time.Duration;

/**
 * What the configuration {@code pollux.runtime} says.
 *
 * @param backend the name of the one that shall poll, or {@link #AUTO}
 * @param loops how many event loops; fixed when the server starts
 * @param drain how long connections may go on whose protocol or server goes away
 * @param maxConnections how many accepted connections may be open, 0 for as many as the system has descriptors for
 */
public record ServerSettings(String backend, int loops, Duration drain, int maxConnections) {

    /** Stands for the highest ranked backend that works. */
    public static final String AUTO = "auto";

    /** One loop for each core. */
    public static final ServerSettings DEFAULT =
            new ServerSettings(AUTO, Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(10), 0);

    public ServerSettings {
        if (backend.isBlank()) {
            throw new IllegalArgumentException("The backend has no name; write auto for the highest ranked one");
        }
        if (loops < 1) {
            throw new IllegalArgumentException("There must be a loop at least, not " + loops);
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("The drain time must not be negative, but is " + drain);
        }
        if (maxConnections < 0) {
            throw new IllegalArgumentException("maxConnections must not be negative, but is " + maxConnections
                    + "; write 0 for as many as the system has descriptors for");
        }
    }
}
