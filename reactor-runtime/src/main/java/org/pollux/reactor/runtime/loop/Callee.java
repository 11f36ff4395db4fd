package org.pollux.reactor.runtime.loop;

/** An object with a handler that the loop's thread calls: a connection, a port, an event. */
public interface Callee {

    /**
     * Its handler does not return from a callback, and is not called any more. For the thread that has the loop next.
     *
     * @return whether something is lost by that
     */
    boolean giveUp();

    /** That callback has returned after all; for the loop's thread. */
    default void tellGivenUp() {}

    /** The purpose of the callback, for people; from any thread. */
    String work();
}
