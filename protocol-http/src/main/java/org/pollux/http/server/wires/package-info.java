/** Opens each connection with the wire that its client speaks. It knows the wires; they do not know each other. */
@NullMarked
package org.pollux.http.server.wires;

import org.jspecify.annotations.NullMarked;
