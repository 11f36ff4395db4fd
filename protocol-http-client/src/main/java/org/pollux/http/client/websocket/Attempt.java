package org.pollux.http.client.websocket;

/** One way to ask for a connection. It reports to its {@link Handshake}. For the loop's thread. */
interface Attempt {

    void begin();

    /** Whether the server was reached, so that a response is what is missing. */
    boolean isConnected();

    /** Gives it up: nothing is reported any more. */
    void abandon();
}
