/** Writes aligned columns, for people at a terminal. It knows nothing of the server. */
@NullMarked
package org.pollux.reactor.server.tables;

import org.jspecify.annotations.NullMarked;
