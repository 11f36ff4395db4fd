/**
 * WebSocket frames (RFC 6455) and their compression (RFC 7692), for both sides: reading and writing single frames, and messages
 * made of them. Nothing here knows a connection or a handshake.
 */
@NullMarked
package org.pollux.http.wire.websocket;

import org.jspecify.annotations.NullMarked;
