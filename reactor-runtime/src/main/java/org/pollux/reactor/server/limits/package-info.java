/**
 * How many connections there may be: the configured number, and the descriptors that the system has. It knows no other package
 * of the runtime.
 */
@NullMarked
package org.pollux.reactor.server.limits;

import org.jspecify.annotations.NullMarked;
