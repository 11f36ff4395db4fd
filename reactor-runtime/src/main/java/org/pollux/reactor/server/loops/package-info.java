/**
 * The loops of a server: a thread each, the watch over them, the backend that polls for all, and the swap. It knows
 * {@code runtime} and what is below that, and nothing of endpoints.
 */
@NullMarked
package org.pollux.reactor.server.loops;

import org.jspecify.annotations.NullMarked;
