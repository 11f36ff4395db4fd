package org.pollux.reactor.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A protocol service with the connections that it has, by the endpoint through which they came. */
final class ServedProtocol {

    private final ConnectionLimit limit;
    private final Map<EndpointAddress, ConnectionGroup> groups = new HashMap<>();
    private ProtocolService offer;

    ServedProtocol(ProtocolService offer, ConnectionLimit limit) {
        this.offer = offer;
        this.limit = limit;
    }

    ProtocolService offer() {
        return offer;
    }

    /** The same service with other endpoints or another ranking. */
    void change(ProtocolService changed) {
        offer = changed;
    }

    ConnectionGroup group(EndpointAddress address) {
        return groups.computeIfAbsent(address, _ -> new ConnectionGroup(limit::closed));
    }

    List<ConnectionGroup> groups() {
        return List.copyOf(groups.values());
    }
}
