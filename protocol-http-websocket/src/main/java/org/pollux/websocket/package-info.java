/**
 * The WebSocket server: it finds handlers, settles handshakes (RFC 6455, section 4.2; RFC 8441, section 5), and gives each
 * connection a session of {@code org.pollux.http.wire.websocket}. It speaks to clients by the API of HTTP handlers only.
 */
@NullMarked
package org.pollux.websocket;

import org.jspecify.annotations.NullMarked;
