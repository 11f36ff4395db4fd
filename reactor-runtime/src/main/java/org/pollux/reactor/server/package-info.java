/**
 * A server without a container: loops, backends that are swapped below them, and protocols that are bound to endpoints.
 *
 * <p>{@link org.pollux.reactor.server.PolluxServer} is the whole server, {@link org.pollux.reactor.server.ServerSettings}
 * sets its sizes, and {@code org.pollux.reactor.server.offer} describes its services. Its implementation is in the packages
 * below, which are not exported. It knows nothing of OSGi: {@code server.osgi} reports to it which services start and end.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.server;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
