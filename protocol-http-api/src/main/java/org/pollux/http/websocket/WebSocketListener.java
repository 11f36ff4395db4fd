package org.pollux.http.websocket;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes what happens on WebSocket connections. All callbacks for one connection are made on the thread of its reactor, never
 * one inside another, and must not block.
 *
 * <pre>
 *   onOpen → ( onText | onBinary | onDrained )* → onClosed
 * </pre>
 *
 * <p>When a callback throws, that is logged, and the connection ends with code 1011. {@link WebSocketPieces} takes messages
 * in pieces.
 */
@ConsumerType
public interface WebSocketListener {

    /** The connection is open, and messages can be sent. */
    default void onOpen(WebSocket socket) throws Exception {}

    /** A text has come. A listener without this method ends the connection with code 1003. */
    default void onText(WebSocket socket, String text) throws Exception {
        socket.close(WebSocket.UNACCEPTABLE, "Text is not accepted here");
    }

    /**
     * A binary message has come. A listener without this method ends the connection with code 1003.
     *
     * @param data valid during the call only, and perhaps without an array; it may be passed to
     *     {@link WebSocket#send(ByteBuffer)} as it is
     */
    default void onBinary(WebSocket socket, ByteBuffer data) throws Exception {
        socket.close(WebSocket.UNACCEPTABLE, "Binary messages are not accepted here");
    }

    /** Fewer bytes wait to be sent than the low-water mark, after a send had returned false. */
    default void onDrained(WebSocket socket) throws Exception {}

    /**
     * The connection has ended. Called once, and last.
     *
     * @param code of the peer's close, 1005 when it had none; the code with which this side has cut a peer that broke a
     *     rule; 1006 when the connection was lost
     * @param reason for logs, perhaps empty
     */
    default void onClosed(WebSocket socket, int code, String reason) {}
}
