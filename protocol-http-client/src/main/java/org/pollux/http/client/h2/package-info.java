/**
 * HTTP/2 as a wire of the client (RFC 9113): a connection carries many exchanges at a time, each in a stream of its own. It knows
 * no other wire.
 */
@NullMarked
package org.pollux.http.client.h2;

import org.jspecify.annotations.NullMarked;
