package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/** A bundle that serves WebSocket connections registers this as a service. The server's status shows what it reports. */
@ConsumerType
public interface WebSocketReport {

    /** The numbers of the moment. Called on any thread; it must return at once. */
    WebSocketStatus webSockets();
}
