package org.pollux.reactor.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A protocol service with its claims on endpoints, and the connections that it has, by the endpoint through which they came. */
final class ServedProtocol {

    /**
     * Since when a service asks for an endpoint.
     *
     * @param turn a smaller number is an earlier claim
     * @param onArrival whether it asked when it came; otherwise a change of its configuration asked for it
     */
    record Claim(long turn, boolean onArrival) {}

    private final Map<Way, ConnectionGroup> groups = new HashMap<>();
    private final Map<EndpointAddress, Claim> claims = new HashMap<>();
    private ProtocolService offer;

    /** How a connection came, and what it counts for. */
    private record Way(EndpointAddress address, ConnectionLimit limit) {}

    ServedProtocol(ProtocolService offer, long turn) {
        this.offer = offer;
        offer.endpoints().addresses().forEach(address -> claims.put(address, new Claim(turn, true)));
    }

    ProtocolService offer() {
        return offer;
    }

    /** The same service with other endpoints or another ranking. */
    void change(ProtocolService changed, long turn) {
        offer = changed;
        Set<EndpointAddress> wanted = changed.endpoints().addresses();
        claims.keySet().retainAll(wanted);
        wanted.forEach(address -> claims.putIfAbsent(address, new Claim(turn, false)));
    }

    /** Of an endpoint that it asks for. */
    Claim claim(EndpointAddress address) {
        return Objects.requireNonNull(claims.get(address));
    }

    ConnectionGroup group(EndpointAddress address, ConnectionLimit limit) {
        return groups.computeIfAbsent(
                new Way(address, limit), _ -> new ConnectionGroup(offer.name() + " at " + address, limit::closed));
    }

    List<ConnectionGroup> groups() {
        return List.copyOf(groups.values());
    }
}
