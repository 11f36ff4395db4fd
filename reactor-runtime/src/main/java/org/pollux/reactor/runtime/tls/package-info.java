/**
 * TLS as a stage of a connection. It moves the bytes of a session, whatever engine it is of, and holds handshakes back when they
 * would hold up others. This package knows {@code runtime.net} only.
 */
@NullMarked
package org.pollux.reactor.runtime.tls;

import org.jspecify.annotations.NullMarked;
