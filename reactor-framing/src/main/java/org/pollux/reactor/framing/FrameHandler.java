package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * The callbacks of a stream of frames: those of {@link ConnectionHandler}, on the same thread and in the same order, with
 * frames in place of data.
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
     * A frame has come, without its delimiter or length prefix; it may be empty. When this pauses reading, the next one
     * comes after reading was resumed, even if it is here already; when it ends the connection, none follows.
     *
     * @param frame valid during the call only, and to be read from only, between its position and limit; it may be passed
     *     to {@link Connection#write} as it is, and what is left of it is skipped
     */
    void onFrame(Connection connection, ByteBuffer frame);

    /**
     * The peer has sent its FIN inside a frame; {@link #onInputClosed} follows. Called at most once, and not when a
     * frame was complete with the last byte.
     *
     * @param rest what has come of the frame, its length prefix too; valid during the call only, like a frame
     * @return whether it is good as it is, as the last line of a text without an end of line may be. False, which is the
     *     default: then the cause in {@link #onClosed} is a {@link FrameException}
     */
    default boolean onRemainder(Connection connection, ByteBuffer rest) {
        return false;
    }

    /** As {@link ConnectionHandler#onDrained}. */
    default void onDrained(Connection connection) {}

    /** As {@link ConnectionHandler#onInputClosed}; unless overridden it closes the connection. */
    default void onInputClosed(Connection connection) {
        connection.close();
    }

    /** As {@link ConnectionHandler#onTimeout}; unless overridden it aborts the connection. */
    default void onTimeout(Connection connection) {
        connection.abort();
    }

    /** As {@link ConnectionHandler#onShutdown}. */
    default void onShutdown(Connection connection) {}

    /**
     * As {@link ConnectionHandler#onClosed}.
     *
     * @param cause as for a connection; a {@link FrameException} when the peer broke the framing
     */
    default void onClosed(Connection connection, @Nullable Throwable cause) {}
}
