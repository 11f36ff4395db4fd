package org.pollux.reactor.server;

import java.time.Duration;
import org.pollux.reactor.server.limits.AddressLimit;
import org.pollux.reactor.server.limits.SystemLimits;
import org.pollux.reactor.server.loops.Backends;

/**
 * The configuration {@code pollux.runtime}.
 *
 * @param backend the name of the one that shall poll, or {@link #AUTO}
 * @param loops how many event loops; fixed when the server starts
 * @param drain how long connections may continue when their protocol is removed or the server stops
 * @param maxConnections how many accepted connections may be open, 0 for as many as the system has descriptors for
 * @param connectionsPerAddress how many of them one client address may have, 0 for no limit, {@link AddressLimit#GENEROUS} for
 *     {@link AddressLimit#MANY} and no limit for loopback addresses
 * @param memory bytes that all connections may hold
 * @param sendBuffer bytes that the kernel takes of a TCP connection ahead of its peer; 0 for the system's own limit
 * @param heldUpAfter how long a callback may last before its loop counts as held up
 */
public record ServerSettings(
        String backend,
        int loops,
        Duration drain,
        int maxConnections,
        int connectionsPerAddress,
        long memory,
        int sendBuffer,
        Duration heldUpAfter) {

    /** With less a server cannot serve. */
    public static final long LEAST_MEMORY = 1024 * 1024;

    /** Stands for the highest ranked backend that works. */
    public static final String AUTO = Backends.AUTO;

    private static final Duration HELD_UP_AFTER = Duration.ofSeconds(1);

    /** One loop for each core. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            AUTO,
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(10),
            0,
            AddressLimit.GENEROUS,
            SystemLimits.memory() / 100 * 50,
            128 * 1024,
            HELD_UP_AFTER);

    /** The same, with the memory and the send buffer of the {@link #DEFAULT}. */
    public ServerSettings(String backend, int loops, Duration drain, int maxConnections) {
        this(backend, loops, drain, maxConnections, DEFAULT.memory(), DEFAULT.sendBuffer());
    }

    /** The same, with the memory and the send buffer of the {@link #DEFAULT}. */
    public ServerSettings(String backend, int loops, Duration drain, int maxConnections, Duration heldUpAfter) {
        this(
                backend,
                loops,
                drain,
                maxConnections,
                AddressLimit.GENEROUS,
                DEFAULT.memory(),
                DEFAULT.sendBuffer(),
                heldUpAfter);
    }

    /** The same, with the limit of an address of the {@link #DEFAULT}; a loop of it counts as held up after a second. */
    public ServerSettings(String backend, int loops, Duration drain, int maxConnections, long memory, int sendBuffer) {
        this(backend, loops, drain, maxConnections, AddressLimit.GENEROUS, memory, sendBuffer, HELD_UP_AFTER);
    }

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
        if (connectionsPerAddress < AddressLimit.GENEROUS) {
            throw new IllegalArgumentException("connectionsPerAddress must be at least -1, but is "
                    + connectionsPerAddress + "; write 0 for no limit");
        }
        if (sendBuffer < 0) {
            throw new IllegalArgumentException(
                    "sendBuffer must not be negative, but is " + sendBuffer + "; write 0 for the system's own limit");
        }
        if (memory < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "The memory of connections must be at least " + LEAST_MEMORY + " bytes, but is " + memory);
        }
        if (!heldUpAfter.isPositive()) {
            throw new IllegalArgumentException("heldUpAfter must be positive, but is " + heldUpAfter);
        }
    }
}
