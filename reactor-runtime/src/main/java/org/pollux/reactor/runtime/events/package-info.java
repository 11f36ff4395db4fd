/**
 * Watched channels, timers and signals as handles for a handler. This package knows {@code runtime.loop} only.
 */
@NullMarked
package org.pollux.reactor.runtime.events;

import org.jspecify.annotations.NullMarked;
