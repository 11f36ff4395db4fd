package org.pollux.reactor;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The callbacks of a stream connection, all on the thread of its reactor, never one inside another.
 *
 * <pre>
 *   open → onOpen → ( onData | onDrained | onTimeout | onShutdown )* → [ onInputClosed → ( onDrained | onTimeout | onShutdown )* ] → onClosed
 * </pre>
 *
 * <p>A connection that {@link Reactor#connect} opens has no {@code open}: its first callback is {@code onOpen}, or
 * {@code onClosed} when the connect fails. What a callback throws, an {@link Error}
 * too, aborts this connection alone, is logged, and is the cause that {@code onClosed} gets.
 */
@FunctionalInterface
@ConsumerType
public interface ConnectionHandler {

    /** The connection is established: at once for an accepted one. Called once. */
    default void onOpen(Connection connection) {}

    /**
     * Bytes have come. What is left between position and limit is presented again, in front of what comes next, or at
     * once when reading is resumed. At most 64 KiB may be left; a handler that wants to wait with more pauses reading.
     *
     * @param in valid during the call only, big-endian, and to be read from only; its bytes may be passed to
     *     {@link Connection#write} as they are
     */
    void onData(Connection connection, ByteBuffer in);

    /**
     * What waited to be sent has fallen to the low-water mark after {@link Connection#write} had returned false:
     * exactly one call after one or more such results in a row.
     */
    default void onDrained(Connection connection) {}

    /**
     * The peer has sent its FIN: all its bytes were presented, and none comes any more. Unless overridden it closes the
     * connection, after what waits was sent; a handler that goes on writing closes it later. Called at most once.
     */
    default void onInputClosed(Connection connection) {
        connection.close();
    }

    /**
     * Neither side moved a byte for the {@link Connection#idleTimeout}. Unless overridden it aborts the connection. A
     * handler that keeps it open is told again after the same time.
     */
    default void onTimeout(Connection connection) {
        connection.abort();
    }

    /**
     * The server wants this connection to end, because its protocol is going away or the server stops. A protocol that
     * knows where its messages end closes the connection there; one that does not may leave it to the peer. When the
     * server's deadline has passed the connection is closed all the same. Called at most once.
     */
    default void onShutdown(Connection connection) {}

    /**
     * The connection has ended and its descriptor is closed. Called exactly once, always last.
     *
     * @param cause why the connection ended: a reset, a failed connect, a fault of the handler; null when it ended by
     *     {@link Connection#close} or {@link Connection#abort}
     */
    default void onClosed(Connection connection, @Nullable Throwable cause) {}
}
