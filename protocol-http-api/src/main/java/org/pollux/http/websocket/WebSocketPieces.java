package org.pollux.http.websocket;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes messages in pieces as they come, of any length: {@link #onPiece} is called in place of {@code onText} and {@code onBinary}. */
@ConsumerType
public interface WebSocketPieces extends WebSocketListener {

    /**
     * A piece of a message has come, usually below 64 KiB. Pieces are not the peer's fragments.
     *
     * @param text whether the message is text. A piece may end inside a character; the whole text is UTF-8, or the
     *     connection ends with code 1007
     * @param data valid during the call only; empty perhaps in the last piece
     * @param last whether the message ends with it
     */
    void onPiece(WebSocket socket, boolean text, ByteBuffer data, boolean last) throws Exception;
}
