/**
 * Moves bytes: connections with their input, output and end, the acceptor, outgoing connects, and UDP ports. This package
 * knows {@code runtime.loop} only.
 */
@NullMarked
package org.pollux.reactor.runtime.net;

import org.jspecify.annotations.NullMarked;
