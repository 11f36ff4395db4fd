/**
 * HTTP/1.1 as a wire of the client (RFC 9112): a connection carries one exchange after the other. It knows no other wire.
 */
@NullMarked
package org.pollux.http.client.h1;

import org.jspecify.annotations.NullMarked;
