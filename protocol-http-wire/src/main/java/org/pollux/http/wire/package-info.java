/**
 * The parts of the wire formats that the HTTP server and the HTTP client share: allowed octets, field lines, bodies in
 * chunks (RFC 9112); below it the compressed heads ({@code hpack}) and the frames ({@code frames}) of HTTP/2, and the frames and
 * messages of WebSocket ({@code websocket}), which know nothing of one another. This package has no bundle of its own. bnd copies it into each bundle that uses it, so that the server
 * is updated without the client, and no other code depends on it.
 *
 * <p>Nothing here may be shared between threads.
 */
@NullMarked
package org.pollux.http.wire;

import org.jspecify.annotations.NullMarked;
