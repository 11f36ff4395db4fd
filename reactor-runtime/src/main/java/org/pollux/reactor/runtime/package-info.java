/** Event loops, timers, connections, live swap, and the whiteboard that binds protocols to endpoints. */
@NullMarked
package org.pollux.reactor.runtime;

import org.jspecify.annotations.NullMarked;
