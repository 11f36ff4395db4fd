package org.pollux.http.client.exchange;

/**
 * What a {@link Call} needs of the wire that carries it, or that is about to: a connection of HTTP/1.1, a stream of HTTP/2, an
 * opening connection. For the loop's thread.
 */
public interface Carrier {

    /** The handler wants no callbacks: bytes that arrive wait, and the server is held back. */
    void pause();

    /** The handler wants callbacks again. Not called inside a callback. */
    void resume();

    /** The call is over before its response: nothing more is reported to it, and the server is told. */
    void abandon();

    /** The progress of the call, for the message of a failure. */
    String progress();
}
