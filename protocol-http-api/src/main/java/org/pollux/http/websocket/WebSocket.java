package org.pollux.http.websocket;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection. Any thread may call every method. When the connection has ended, or its end was begun by {@link #close},
 * sending is a no-op that returns false.
 */
@ProviderType
public interface WebSocket {

    /** The purpose is fulfilled. */
    int NORMAL = 1000;

    /** This kind of message is not accepted. */
    int UNACCEPTABLE = 1003;

    /** A rule of the application was broken. */
    int POLICY = 1008;

    /** The subprotocol that was agreed on; empty when there is none. */
    Optional<String> subprotocol();

    /**
     * Sends a text.
     *
     * @return false when more bytes wait than the high-water mark: the writer should stop until {@link
     *     WebSocketListener#onDrained}. Also false when nothing can be sent any more; {@link #isOpen} distinguishes the two.
     *     A writer that ignores {@code false} is cut at a hard limit
     */
    boolean send(String text);

    /**
     * Sends a binary message. The buffer is read to its limit when this returns, and may be used again.
     *
     * @return as {@link #send(String)} does
     */
    boolean send(ByteBuffer data);

    /**
     * Sends a piece of a message. No other message can be sent until its last piece; the caller orders its threads.
     *
     * @param text whether the message is text; the same for all its pieces, which together are UTF-8
     * @param last whether the message ends with this piece, which may be empty
     * @return as {@link #send(String)} does
     * @throws IllegalStateException when another message is under way
     */
    boolean sendPiece(boolean text, ByteBuffer data, boolean last);

    /** Takes no more messages until {@link #resume}; the peer is held back. Calls of the present callback still follow. */
    void pause();

    /** Takes messages again. */
    void resume();

    /** Closes with code 1000. */
    default void close() {
        close(NORMAL, "");
    }

    /**
     * Begins the end: sends a close behind everything that was sent, and waits for the peer's, for a limited time.
     * Messages that still come are dropped. {@link WebSocketListener#onClosed} follows.
     *
     * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4)
     * @param reason is cut to 123 bytes in UTF-8
     * @throws IllegalArgumentException for another code
     */
    void close(int code, String reason);

    /** Cuts the connection. */
    void abort();

    /** Whether messages can be sent. */
    boolean isOpen();
}
