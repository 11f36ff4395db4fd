/** The health of the server as health checks of Felix. It knows the numbers of the server, and no other bundle. */
@NullMarked
package org.pollux.health;

import org.jspecify.annotations.NullMarked;
