package org.pollux.http.wire.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What carries the bytes of a {@link Session}: a connection, or a stream of one. Any thread may call every method. */
public interface SessionWire {

    /** Takes all of the data. False when its writer should stop. */
    boolean write(ByteBuffer data);

    /** Presents no more bytes until {@link #resume}. */
    void pause();

    void resume();

    /** Calls back on the loop again and again, until the connection ends. It replaces an earlier callback. */
    void every(Duration period, Runnable callback);

    /** Runs a task on the loop: at once when called there. It does not run when the connection has ended. */
    void execute(Runnable task);

    /** Sends nothing more, and ends when the peer has ended too. */
    void finish();

    /** Cuts the connection. */
    void abort();

    /** So many octets more, or fewer, are kept. False when memory is short. */
    default boolean charge(int octets) {
        return true;
    }
}
