/**
 * Moves bytes: connections with their input, output and end, the acceptor, dialling, and UDP ports. It knows
 * {@code runtime.loop} only.
 */
@NullMarked
package org.pollux.reactor.runtime.net;

import org.jspecify.annotations.NullMarked;
