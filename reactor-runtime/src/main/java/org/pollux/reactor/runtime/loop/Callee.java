package org.pollux.reactor.runtime.loop;

/** What has a handler that the loop's thread is in while a callback runs: a connection, a port, an event. */
public interface Callee {

    /**
     * Its handler does not return from a callback, and is not called any more. For the thread that has the loop next.
     *
     * @return whether something is lost by that
     */
    boolean giveUp();

    /** That callback has returned after all; for the loop's thread. */
    default void tellGivenUp() {}

    /** What the callback is for, for people; from any thread. */
    String work();
}
