/**
 * HTTP/2 as a wire (RFC 9113): a connection carries many exchanges of {@code server.exchange} at a time, each in a stream of
 * its own, and finds their handlers in {@code server.routing}. It knows no other wire.
 */
@NullMarked
package org.pollux.http.server.h2;

import org.jspecify.annotations.NullMarked;
