/**
 * How many connections there may be: in total, of one client address, and with the descriptors that the system has. It knows no
 * other package of the runtime.
 */
@NullMarked
package org.pollux.reactor.server.limits;

import org.jspecify.annotations.NullMarked;
