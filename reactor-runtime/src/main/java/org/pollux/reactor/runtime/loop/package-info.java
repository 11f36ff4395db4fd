/**
 * The inside of a reactor: one loop with its tasks, timers, sources, poller, buffers and memory. It calls the objects that
 * it was given without knowing their types, and knows no other package of the runtime but the one of recordings.
 */
@NullMarked
package org.pollux.reactor.runtime.loop;

import org.jspecify.annotations.NullMarked;
