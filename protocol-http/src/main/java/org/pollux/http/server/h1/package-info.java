/**
 * HTTP/1.1 as a wire (RFC 9112): connections, heads, framing, output. It carries the exchanges of {@code server.exchange}
 * one after the other and finds their handlers in {@code server.routing}. It knows no other wire.
 */
@NullMarked
package org.pollux.http.server.h1;

import org.jspecify.annotations.NullMarked;
