/**
 * One process takes over from another: {@link org.pollux.reactor.server.succession.Predecessor} is the one that serves,
 * {@link org.pollux.reactor.server.succession.Successor} the one that starts beside it. They talk over a Unix-domain socket of the
 * home, and descriptors pass with their messages. Knows the server as a whole, and nothing of OSGi.
 */
@NullMarked
package org.pollux.reactor.server.succession;

import org.jspecify.annotations.NullMarked;
