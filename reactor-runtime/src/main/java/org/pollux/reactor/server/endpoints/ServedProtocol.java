package org.pollux.reactor.server.endpoints;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.Traffic;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** A protocol service with its claims on endpoints, and the connections that it has, by the endpoint through which they came. */
@SuppressWarnings("ReferenceEquality") // the traffic of a socket is that of no other
final class ServedProtocol {

    /**
     * Since when a service asks for an endpoint.
     *
     * @param turn a smaller number is an earlier claim
     * @param onArrival whether it asked when it came; otherwise a change of its configuration asked for it
     */
    record Claim(long turn, boolean onArrival) {}

    private final Map<Way, ConnectionTally> groups = new HashMap<>();
    private final Map<EndpointAddress, Claim> claims = new HashMap<>();

    /** Changed by the admin thread, and read by loops. */
    private volatile ProtocolOffer offer;

    /** How a connection came, and what it counts for. */
    record Way(EndpointAddress address, ConnectionLimit limit, Traffic traffic) {

        /** Whether it is the way through a socket that was closed before this one was bound to the same address. */
        boolean isFormer(EndpointAddress now, Traffic present) {
            return address.equals(now) && traffic != present;
        }
    }

    ServedProtocol(ProtocolOffer offer, long turn) {
        this.offer = offer;
        offer.endpoints().addresses().forEach(address -> claims.put(address, new Claim(turn, true)));
    }

    ProtocolOffer offer() {
        return offer;
    }

    /** The same service with other endpoints or another ranking. */
    void change(ProtocolOffer changed, long turn) {
        offer = changed;
        Set<EndpointAddress> wanted = changed.endpoints().addresses();
        claims.keySet().retainAll(wanted);
        wanted.forEach(address -> claims.putIfAbsent(address, new Claim(turn, false)));
    }

    /** Of an endpoint that it asks for. */
    Claim claim(EndpointAddress address) {
        return Objects.requireNonNull(claims.get(address));
    }

    ConnectionTally group(EndpointAddress address, ConnectionLimit limit, Traffic traffic) {
        groups.entrySet()
                .removeIf(entry -> entry.getKey().isFormer(address, traffic)
                        && entry.getValue().open() == 0);
        return group(new Way(address, limit, traffic));
    }

    ConnectionTally group(Way way) {
        return groups.computeIfAbsent(way, this::newGroup);
    }

    /** One more group of connections that came that way. */
    ConnectionTally newGroup(Way way) {
        return new ConnectionTally(offer.name() + " at " + way.address(), way.limit()::closed, way.traffic());
    }

    List<ConnectionTally> groups() {
        return List.copyOf(groups.values());
    }

    Map<Way, ConnectionTally> ways() {
        return Map.copyOf(groups);
    }
}
