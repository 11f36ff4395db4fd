/**
 * The inside of a reactor: one loop with its tasks, timers, sources, poller, buffers and memory. It calls what it was given and
 * knows nothing of it; it knows no other package of the runtime.
 */
@NullMarked
package org.pollux.reactor.runtime.loop;

import org.jspecify.annotations.NullMarked;
