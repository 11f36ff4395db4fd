/**
 * HPACK (RFC 7541): the compressed heads of HTTP/2. A decoder and an encoder have a table each, which lives as long as their
 * connection. Names of fields are in lower case. Nothing here may be shared between threads.
 */
@NullMarked
package org.pollux.http.wire.hpack;

import org.jspecify.annotations.NullMarked;
