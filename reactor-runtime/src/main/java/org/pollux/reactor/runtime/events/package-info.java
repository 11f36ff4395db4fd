/**
 * Watched channels, timers and signals as handles for a handler. It knows {@code runtime.loop} only.
 */
@NullMarked
package org.pollux.reactor.runtime.events;

import org.jspecify.annotations.NullMarked;
