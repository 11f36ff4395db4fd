/**
 * TLS of a server: which engine encrypts, which certificates are in force, and the stage of each {@code tls} endpoint. All of them
 * change while connections live.
 */
@NullMarked
package org.pollux.reactor.server.tls;

import org.jspecify.annotations.NullMarked;
