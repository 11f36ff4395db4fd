/** The server as its users see it: real sockets, backends and protocols that come and go. */
@NullMarked
package org.pollux.reactor.runtime.server;

import org.jspecify.annotations.NullMarked;
