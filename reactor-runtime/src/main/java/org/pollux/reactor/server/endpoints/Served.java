package org.pollux.reactor.server.endpoints;

import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.net.ConnectionTally;

/**
 * A service as one endpoint serves it.
 *
 * @param group of its connections through that endpoint
 */
record Served(ServedProtocol service, Protocol protocol, ConnectionTally group) {

    static Served of(ServedProtocol service, ConnectionTally group) {
        return new Served(service, service.offer().streams().orElseThrow(), group);
    }
}
