/** The backend on {@link java.nio.channels.Selector}. */
@NullMarked
package org.pollux.reactor.nio;

import org.jspecify.annotations.NullMarked;
