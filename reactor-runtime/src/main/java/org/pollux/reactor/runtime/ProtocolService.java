package org.pollux.reactor.runtime;

import java.util.Comparator;
import java.util.Optional;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;

/**
 * What a bundle offers to a server.
 *
 * @param id tells it from all others, and is the same when its endpoints change; the lower one is the older
 * @param ranking the higher one serves an endpoint that two ask for
 * @param name who offers it, for people: the symbolic name of the bundle
 * @param streams serves the {@code tcp} and {@code unix} endpoints
 * @param datagrams serves the {@code udp} endpoints
 */
public record ProtocolService(
        long id,
        int ranking,
        String name,
        Optional<Protocol> streams,
        Optional<DatagramProtocol> datagrams,
        EndpointList endpoints) {

    /** The order in which services are served: by ranking, then by age. */
    static final Comparator<ProtocolService> BY_RANK =
            Comparator.comparingInt(ProtocolService::ranking).reversed().thenComparingLong(ProtocolService::id);

    boolean canServe(EndpointAddress address) {
        return needsDatagrams(address) ? datagrams.isPresent() : streams.isPresent();
    }

    static boolean needsDatagrams(EndpointAddress address) {
        return address instanceof EndpointAddress.Internet internet && internet.datagrams();
    }
}
