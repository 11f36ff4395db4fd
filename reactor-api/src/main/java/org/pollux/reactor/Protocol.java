package org.pollux.reactor;

import java.nio.ByteBuffer;
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

    /**
     * Takes over a connection of the version before, which was opened by the same bundle's service at the same endpoint. Called on
     * the thread of the connection's reactor, instead of {@link #open} and {@code onOpen}. The first callbacks present the bytes that
     * were left unread, and {@code onDrained} when it is owed. No event is reported twice: after {@code onInputClosed}, a state
     * that has to say so does.
     *
     * @param state what {@link ConnectionHandler#snapshot} returned, read-only and big-endian
     * @return the next handler
     * @throws RuntimeException or Error: this version cannot continue from that state. The message is the reason, for the log and
     *     the status. The handler before goes on, and the connection drains; nothing may have been done to it here
     */
    default ConnectionHandler adopt(Connection connection, ByteBuffer state) {
        throw new UnsupportedOperationException("it adopts no connections");
    }
}
