package org.pollux.http.server;

/** A client's end of a connection to a {@link TestedServer}, and what the test sees of the server's end. For the test's thread. */
public interface ClientEnd {

    /** Sends bytes, which the server takes at once. */
    void send(byte[] bytes);

    /** Sends nothing more: a FIN. */
    void finish();

    /** Whether the server's FIN has come. */
    boolean isFinished();

    /** What has come since the last call. */
    byte[] taken();

    /** Reads nothing more: what the server sends waits at its end. */
    void block();

    /** Reads everything again. */
    void drain();

    /** The client resets the connection. */
    void reset();

    /** The server asks the connection to end. */
    void shutDown();

    /** Whether the server has not ended the connection. */
    boolean isOpen();

    /** Bytes that the server has written and the system has not taken. */
    long pending();

    /** Bytes that the server keeps in memory for this connection. */
    long charged();
}
