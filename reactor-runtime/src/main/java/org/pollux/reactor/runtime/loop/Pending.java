package org.pollux.reactor.runtime.loop;

/** Keeps a loop at work though no channel and no timer shows it: a host's name that is looked up, a signal that is awaited. */
public interface Pending {

    /** The loop is closed. */
    void drop();
}
