/**
 * Sockets that are bound already when this process starts: by the server that it takes over from, or by systemd. An endpoint asks
 * here before it binds. Knows addresses and descriptors, but neither loops nor protocols.
 */
@NullMarked
package org.pollux.reactor.server.inheritance;

import org.jspecify.annotations.NullMarked;
