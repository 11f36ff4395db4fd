package org.pollux.reactor;

/**
 * How a listener accepts connections: {@link #DEFAULTS}, changed by the {@code with} methods.
 *
 * <p>Later versions may add options. The constructors of earlier versions stay; take options apart by their methods, not by
 * a record pattern.
 *
 * @param backlog how many established connections the system keeps until they are accepted, at least 1. The system may
 *     have a lower limit (Linux: {@code net.core.somaxconn})
 */
public record ListenOptions(int backlog) {

    /** A backlog of 4,096 connections. */
    public static final ListenOptions DEFAULTS = new ListenOptions(4096);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when the backlog is not positive
     */
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("A backlog must be at least 1, but is " + backlog);
        }
    }

    /** The same with another backlog. */
    public ListenOptions withBacklog(int connections) {
        return new ListenOptions(connections);
    }
}
