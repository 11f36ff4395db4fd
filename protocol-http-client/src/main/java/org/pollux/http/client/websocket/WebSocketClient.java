package org.pollux.http.client.websocket;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;

/** Opens WebSocket connections. From any thread. */
@ProviderType
public interface WebSocketClient {

    /**
     * Opens a connection.
     *
     * @param listener gets what happens on the connection, on the thread of the client's reactor. It must not block. It is
     *     not called when the connection is refused
     * @return completed on the reactor's thread, after {@code onOpen}; or failed with an
     *     {@link org.pollux.http.client.HttpFailure}: {@code STATUS} when the server does not accept the connection, with
     *     the status and the beginning of the body in the message; {@code MALFORMED} when its response breaks a rule;
     *     {@code REDIRECT}, {@code TLS} and others as with an HTTP request. Cancelling it gives the connection up
     * @throws java.util.concurrent.RejectedExecutionException when the client's reactor is closed
     */
    CompletableFuture<WebSocket> connect(WebSocketRequest request, WebSocketListener listener);
}
