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
 * <p>Between any two of them, {@code snapshot} may ask for the state.
 *
 * <p>A connection that {@link Reactor#connect} opens has no {@code open}: its first callback is {@code onOpen}, or
 * {@code onClosed} when the connect fails. When a callback throws, also an {@link Error}, only this connection is
 * aborted. The exception is logged, and {@code onClosed} gets it as the cause.
 */
@FunctionalInterface
@ConsumerType
public interface ConnectionHandler {

    /** The connection is established: at once for an accepted one. Called once. */
    default void onOpen(Connection connection) {}

    /**
     * Bytes have come. Bytes left between position and limit are presented again, in front of the next ones, or at once
     * when reading is resumed. At most 64 KiB may be left; a handler that has to wait with more bytes pauses reading.
     *
     * @param in valid during the call only, big-endian, and to be read from only; its bytes may be passed to
     *     {@link Connection#write} as they are
     */
    void onData(Connection connection, ByteBuffer in);

    /**
     * The bytes that wait to be sent have fallen to the low-water mark after {@link Connection#write} had returned
     * false: exactly one call after one or more such results in a row.
     */
    default void onDrained(Connection connection) {}

    /**
     * The peer has sent its FIN: all its bytes were presented, and none follows. Unless overridden, it closes the
     * connection when all waiting bytes are sent; a handler that continues to write closes it later. Called at most
     * once.
     */
    default void onInputClosed(Connection connection) {
        connection.close();
    }

    /**
     * Neither side moved a byte for the {@link Connection#idleTimeout}, and none has begun to wait. Unless overridden, it aborts
     * the connection.
     * When a handler keeps the connection open, this is called again after the same time.
     */
    default void onTimeout(Connection connection) {
        connection.abort();
    }

    /**
     * The server wants this connection to end, because its protocol is removed or the server stops. A protocol that
     * knows where its messages end closes the connection there; any other can leave it to the peer. When the server's
     * deadline has passed, the server closes the connection. Called at most once.
     */
    default void onShutdown(Connection connection) {}

    /**
     * The protocol of this accepted connection was removed, perhaps for its next version: may that one take the connection? Called
     * between two other callbacks, when the bundle stops and again when the next version is there. Unless overridden, it may not,
     * and {@link #onShutdown} follows.
     *
     * <p>A handler with a state is at the border of two messages. It rests from then on: no byte is presented, and it is not
     * called for a timeout. Its state is taken when the next version is there, and passed to {@link Protocol#adopt}. When that
     * succeeds, {@link #onClosed} is its last callback. When no version comes, or it refuses, this handler goes on, and
     * {@code onShutdown} follows. So this method changes nothing.
     *
     * <p>Not part of the state are the unread bytes, the bytes that wait to be sent, a pause, the watermarks, the idle timeout, what
     * was {@linkplain Connection#charge charged}, and the peer's address: the connection keeps them. While it sends a part of a
     * file, no handler is asked, because the file is this handler's. The attributes are dropped, because their classes end.
     *
     * @return the state; {@link Snapshot#later} in the middle of a message, or while another thread works for this connection. An
     *     exception is logged, and counts as {@link Snapshot#none}
     */
    default Snapshot snapshot(Connection connection) {
        return Snapshot.none();
    }

    /**
     * The connection has ended and its descriptor is closed, or the next version has adopted it. Called exactly once, always last.
     *
     * @param cause why the connection ended: a reset, a failed connect, a fault of the handler; a
     *     {@link ConnectionAdoptedException} when it goes on without this handler, which must not use it any more; null when it
     *     ended by {@link Connection#close} or {@link Connection#abort}
     */
    default void onClosed(Connection connection, @Nullable Throwable cause) {}
}
