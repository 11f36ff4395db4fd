package org.pollux.http.server.contract;

/** A client's connection, for the test's thread. */
public interface Client {

    /**
     * Sends the head of a request. What it says of a body follows by the exchange's methods; a request without one is complete.
     */
    Asked ask(Ask request);

    /** Reads nothing more: what the server sends waits at its end. */
    void holdBack();

    /** Bytes that wait there. */
    long waiting();

    /** Reads all that waits, and all that follows. */
    void readOn();

    /** The connection is lost in this moment. */
    void goAway();

    /** The server is going to end: it is told so, as when its bundle is stopped. */
    void drain();

    /** Whether the server has not ended the connection. */
    boolean isOpen();

    /** Bytes that the server keeps in memory for this connection. */
    long charged();
}
