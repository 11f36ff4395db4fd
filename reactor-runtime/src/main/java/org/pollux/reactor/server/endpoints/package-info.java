/**
 * Assigns endpoints to services: sockets are bound, served, handed over and drained as services start and stop. This package
 * knows {@code server.loops}, {@code server.limits}, {@code server.offer}, and the packages of {@code runtime}.
 */
@NullMarked
package org.pollux.reactor.server.endpoints;

import org.jspecify.annotations.NullMarked;
