package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what to do with stream connections. As an OSGi service with an {@link Endpoint} property it is bound by the runtime,
 * which follows the service: it appears, changes its endpoint, is updated, and goes away while the server runs.
 */
@FunctionalInterface
@ConsumerType
public interface Protocol {

    /**
     * Gives a connection its handler. Called once for each connection, on the thread of its reactor, before any other
     * callback; different connections may be opened by different reactors at the same time. A handler without state of
     * its own may serve many connections.
     *
     * @throws RuntimeException or Error: the connection is aborted and the fault logged
     */
    ConnectionHandler open(Connection connection);
}
