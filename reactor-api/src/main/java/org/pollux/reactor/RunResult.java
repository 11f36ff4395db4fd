package org.pollux.reactor;

/** Why {@link Reactor#run} returned. */
public enum RunResult {
    /** Nothing was registered any more: no event, no connection, no listener, no task. */
    EMPTY,
    /** {@link Reactor#stop} or {@link Reactor#close} was called. */
    STOPPED
}
