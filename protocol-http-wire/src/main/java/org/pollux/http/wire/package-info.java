/**
 * What the HTTP server and the HTTP client both read and write (RFC 9112): which octets may stand where, field lines,
 * bodies in chunks. It is not a bundle of its own: bnd copies the package into each bundle that uses it, so that the server
 * is updated without the client, and nobody else builds on it.
 *
 * <p>Nothing here may be shared between threads.
 */
@NullMarked
package org.pollux.http.wire;

import org.jspecify.annotations.NullMarked;
