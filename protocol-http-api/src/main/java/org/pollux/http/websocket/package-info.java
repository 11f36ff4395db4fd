/**
 * WebSocket (RFC 6455) for handlers and clients: whole messages or pieces of them, with backpressure in both directions.
 *
 * <p>A {@link org.pollux.http.websocket.WebSocketHandler} is a service with a {@link org.pollux.http.Path}. It returns a
 * {@link org.pollux.http.websocket.WebSocketListener} for each connection, or one for all. A complete handler:
 *
 * <pre>
 *   &#64;Component(service = WebSocketHandler.class)
 *   &#64;Path("/echo")
 *   public final class Echo implements WebSocketHandler, WebSocketListener {
 *
 *       &#64;Override
 *       public WebSocketListener open(Request request) {
 *           return this;
 *       }
 *
 *       &#64;Override
 *       public void onText(WebSocket socket, String text) {
 *           socket.send(text);
 *       }
 *   }
 * </pre>
 *
 * <p>Neither a handler nor a client sees frames, masks, pings or compression. The same listener works over HTTP/1.1, HTTP/2 and TLS,
 * and on both sides of a connection.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.http.websocket;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
