/**
 * The parts of the wire format that the HTTP server and the HTTP client share (RFC 9112): allowed octets, field lines,
 * bodies in chunks. This package has no bundle of its own. bnd copies it into each bundle that uses it, so that the server
 * is updated without the client, and no other code depends on it.
 *
 * <p>Nothing here may be shared between threads.
 */
@NullMarked
package org.pollux.http.wire;

import org.jspecify.annotations.NullMarked;
