package org.pollux.reactor.server.succession;

/** The process around the server, which has the home: told of a succession in the order of the methods. */
public interface Household {

    // ---- of the predecessor

    /** Another process serves from now on: the home is its. */
    void leftTo(int pid);

    /** That process is gone, and this one serves again. */
    void tookBack();

    /** All connections have ended, and so may this process, which the other one does not need any more. */
    void mayEnd(int successor);

    // ---- of the successor

    /** This process serves from now on, and the home is its. */
    void serves();

    /** This process cannot take over, and has to end: the one before goes on. */
    void failed(String reason);

    /** The process before has ended, or is about to. */
    void alone();
}
