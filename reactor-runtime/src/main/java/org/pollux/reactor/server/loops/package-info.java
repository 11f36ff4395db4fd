/**
 * The loops of a server: one thread for each loop, the watch over them, the backend that polls for all, and the swap. This
 * package knows {@code runtime} and the packages below it, and nothing of endpoints.
 */
@NullMarked
package org.pollux.reactor.server.loops;

import org.jspecify.annotations.NullMarked;
