package org.pollux.http.client;

import java.time.Duration;

/**
 * The limits of a client: {@link #defaults}, changed by the methods that return another one.
 *
 * <p>Later versions may add settings. The constructors of earlier versions stay; take settings apart by their methods, not
 * by a record pattern.
 *
 * @param connectionsPerHost at most at a time for one host and port, those kept for later included
 * @param connections at most at a time in all
 * @param queue requests that may wait for a connection; one more fails with {@link HttpFailure.Reason#QUEUE_FULL}
 * @param connectTimeout until a connection is established; zero leaves it to the system
 * @param idleTimeout for which a server may send nothing, and take nothing of a request; zero means no limit
 * @param totalTimeout for a whole exchange, unless its request has a timeout of its own; zero means no limit
 * @param keepAlive for which an idle connection is kept for the next request; zero keeps none
 * @param headLimit bytes of a response's head, and of the trailers behind a body, 256 to 32768
 * @param userAgent the {@code User-Agent} field; empty sends none
 */
public record ClientSettings(
        int connectionsPerHost,
        int connections,
        int queue,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        Duration keepAlive,
        int headLimit,
        String userAgent) {

    /** A connection may leave 64 KiB unread; a head waits there until it is whole. */
    private static final int READ_BOUND = 32 * 1024;

    /**
     * Takes only values that work.
     *
     * @throws IllegalArgumentException naming the value and what it may be
     */
    public ClientSettings {
        requireBetween("connectionsPerHost", connectionsPerHost, 1, Integer.MAX_VALUE);
        requireBetween("connections", connections, 1, Integer.MAX_VALUE);
        requireBetween("queue", queue, 0, Integer.MAX_VALUE);
        requireNotNegative("connectTimeout", connectTimeout);
        requireNotNegative("idleTimeout", idleTimeout);
        requireNotNegative("totalTimeout", totalTimeout);
        requireNotNegative("keepAlive", keepAlive);
        requireBetween("headLimit", headLimit, 256, READ_BOUND);
    }

    /** 32 connections per host, 256 in all, 10,000 requests waiting; 10 s to connect, 30 s of silence, kept for 30 s; 32 KiB. */
    public static ClientSettings defaults() {
        return new ClientSettings(
                32,
                256,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(30),
                32 * 1024,
                "Pollux");
    }

    /** The same with other limits of connections. */
    public ClientSettings connections(int perHost, int all) {
        return new ClientSettings(
                perHost, all, queue, connectTimeout, idleTimeout, totalTimeout, keepAlive, headLimit, userAgent);
    }

    /** The same with other times. */
    public ClientSettings timeouts(Duration connect, Duration idle, Duration total) {
        return new ClientSettings(
                connectionsPerHost, connections, queue, connect, idle, total, keepAlive, headLimit, userAgent);
    }

    /** The same with another limit of requests that wait. */
    public ClientSettings queue(int most) {
        return new ClientSettings(
                connectionsPerHost,
                connections,
                most,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                keepAlive,
                headLimit,
                userAgent);
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }
}
