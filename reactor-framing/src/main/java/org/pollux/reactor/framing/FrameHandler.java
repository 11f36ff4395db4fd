package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Snapshot;

/**
 * The callbacks of a stream of frames. They are those of {@link ConnectionHandler}, on the same thread and in the same
 * order, with frames instead of data.
 *
 * <pre>
 *   onOpen → ( onFrame | onDrained | onTimeout | onShutdown )* → [ onRemainder ] → [ onInputClosed → … ] → onClosed
 * </pre>
 */
@FunctionalInterface
@ConsumerType
public interface FrameHandler {

    /** As {@link ConnectionHandler#onOpen}. */
    default void onOpen(Connection connection) {}

    /**
     * A frame has arrived. It has neither its delimiter nor its length prefix, and may be empty. If this method pauses
     * reading, the next frame follows after reading was resumed, even if it has arrived already. If it ends the
     * connection, no frame follows.
     *
     * @param frame valid during the call only, and to be read only, between its position and limit. It can be passed to
     *     {@link Connection#write}. Unread bytes of it are skipped
     */
    void onFrame(Connection connection, ByteBuffer frame);

    /**
     * The peer has sent its FIN inside a frame. {@link #onInputClosed} follows. Called at most once, and not if the
     * last byte completed a frame.
     *
     * @param rest the bytes of the incomplete frame, with its length prefix; valid during the call only, like a frame
     * @return whether the rest is valid, such as a last line without a line end. With false, the default, the cause in
     *     {@link #onClosed} is a {@link FrameException}
     */
    default boolean onRemainder(Connection connection, ByteBuffer rest) {
        return false;
    }

    /** As {@link ConnectionHandler#onDrained}. */
    default void onDrained(Connection connection) {}

    /** As {@link ConnectionHandler#onInputClosed}. By default it closes the connection. */
    default void onInputClosed(Connection connection) {
        connection.close();
    }

    /** As {@link ConnectionHandler#onTimeout}. By default it aborts the connection. */
    default void onTimeout(Connection connection) {
        connection.abort();
    }

    /** As {@link ConnectionHandler#onShutdown}. */
    default void onShutdown(Connection connection) {}

    /**
     * As {@link ConnectionHandler#snapshot}, at any moment between two frames: the beginning of an incomplete frame is added behind
     * the state. {@link Framing#around(FrameHandler, ByteBuffer)} continues with it.
     */
    default Snapshot snapshot(Connection connection) {
        return Snapshot.none();
    }

    /**
     * As {@link ConnectionHandler#onClosed}.
     *
     * @param cause as for a connection; a {@link FrameException} when the peer broke the framing
     */
    default void onClosed(Connection connection, @Nullable Throwable cause) {}
}
