/**
 * A WebSocket client (RFC 6455, RFC 7692, RFC 8441) over HTTP/1.1 and HTTP/2, on a reactor.
 *
 * <p>A {@link org.pollux.http.client.websocket.WebSocketClient} opens a connection. Its messages go to a
 * {@link org.pollux.http.websocket.WebSocketListener}, as those of a server's handler do. The client is a service of the
 * protocol-http-client bundle, and a plain class for a reactor of yours:
 *
 * <pre>{@code
 *   ReactorWebSocketClient client = new ReactorWebSocketClient(reactor);
 *   client.connect(WebSocketRequest.of("ws://127.0.0.1:8080/chat"), listener)
 *           .thenAccept(socket -> socket.send("hello"));
 * }</pre>
 *
 * <p>Inside, a {@code Handshake} makes attempts, by HTTP/1.1 or for a stream of HTTP/2, and a {@code SocketWire} or a {@code
 * StreamWire} carries the session that follows.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.http.client.websocket;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
