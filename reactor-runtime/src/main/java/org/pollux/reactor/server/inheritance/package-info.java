/**
 * Sockets that are bound already when this process starts: by the server that it takes over from, or by systemd. An endpoint asks
 * here before it binds. Knows addresses and descriptors, but neither loops nor protocols.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.server.inheritance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
