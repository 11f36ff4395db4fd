package org.pollux.http.websocket;

import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.http.Request;

/**
 * Accepts WebSocket connections. The server finds it as an OSGi service with a {@link org.pollux.http.Path}, and follows the
 * service, as it follows an {@link org.pollux.http.HttpHandler}: filters run first, {@link org.pollux.http.Host} and
 * {@code service.ranking} hold, and requests wait while it is replaced. When the service is unregistered, its connections end with
 * code 1012, each when its present message is complete.
 */
@FunctionalInterface
@ConsumerType
public interface WebSocketHandler {

    /**
     * Called for each client that asks for a connection, before it is accepted, on the thread of its reactor. It must not
     * block. Several threads may call it at the same time.
     *
     * @param request can be read as long as the connection is open
     * @return what the messages of this connection are for; it may serve several
     * @throws Exception refuses the client: with the status of an {@link org.pollux.http.HttpException}, otherwise with
     *     500
     */
    WebSocketListener open(Request request) throws Exception;
}
