/**
 * A wire that is made by hand and stays in memory: many exchanges at a time on one connection, each a stream that can end alone,
 * as in HTTP/2. It proves that an exchange knows no wire, and {@link org.pollux.http.server.memory.Fault} that the
 * contract would notice a wire that breaks its promises. It knows {@code exchange}, {@code routing} and what is below them.
 */
@NullMarked
package org.pollux.http.server.memory;

import org.jspecify.annotations.NullMarked;
