package org.pollux.reactor;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives stream connections their handlers. The runtime binds it when it is an OSGi service with an {@link Endpoint}
 * property, and follows the service: it can appear, change its endpoint, be updated and be removed while the server
 * runs.
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
