/**
 * Which service has which endpoint: the sockets that are bound, served, handed over and drained as services come and go. It knows
 * {@code server.loops}, {@code server.limits}, {@code server.offer}, and the packages of {@code runtime}.
 */
@NullMarked
package org.pollux.reactor.server.endpoints;

import org.jspecify.annotations.NullMarked;
