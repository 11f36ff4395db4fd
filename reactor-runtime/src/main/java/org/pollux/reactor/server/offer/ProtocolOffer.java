package org.pollux.reactor.server.offer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.PathReport;
import org.pollux.reactor.admin.RequestReport;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.ServedPath;

/**
 * The offer of a bundle to a server.
 *
 * @param id unique, and the same when its endpoints change; the lower one is the older
 * @param ranking the higher one serves an endpoint that two ask for
 * @param name the symbolic name of the bundle, for people
 * @param streams serves the {@code tcp}, {@code tls} and {@code unix} endpoints
 * @param datagrams serves the {@code udp} endpoints
 * @param whileStarting whether its endpoints are open while the server starts, so that an operator reaches it then
 * @param admin whether it is served on the loop for administration
 * @param alpn the names of its protocols in TLS (RFC 7301), the preferred one first; empty when it has none
 */
public record ProtocolOffer(
        long id,
        int ranking,
        String name,
        Optional<Protocol> streams,
        Optional<DatagramProtocol> datagrams,
        EndpointList endpoints,
        boolean whileStarting,
        boolean admin,
        List<String> alpn) {

    /** An offer without ALPN. */
    public ProtocolOffer(
            long id,
            int ranking,
            String name,
            Optional<Protocol> streams,
            Optional<DatagramProtocol> datagrams,
            EndpointList endpoints,
            boolean whileStarting,
            boolean admin) {
        this(id, ranking, name, streams, datagrams, endpoints, whileStarting, admin, List.of());
    }

    /** An offer that is not for administration. */
    public ProtocolOffer(
            long id,
            int ranking,
            String name,
            Optional<Protocol> streams,
            Optional<DatagramProtocol> datagrams,
            EndpointList endpoints) {
        this(id, ranking, name, streams, datagrams, endpoints, false, false, List.of());
    }

    /** The order in which services are served: by ranking, then by age. */
    public static final Comparator<ProtocolOffer> BY_RANK =
            Comparator.comparingInt(ProtocolOffer::ranking).reversed().thenComparingLong(ProtocolOffer::id);

    /** This offer in the place of that one. Its endpoints stay when those of this one are malformed. */
    public ProtocolOffer after(ProtocolOffer before) {
        return new ProtocolOffer(
                id, ranking, name, streams, datagrams, endpoints.after(before.endpoints), whileStarting, admin, alpn);
    }

    public boolean canServe(EndpointAddress address) {
        return needsDatagrams(address) ? datagrams.isPresent() : streams.isPresent();
    }

    /** The limits that it has met, if it reports any. */
    public List<LimitStatus> limits() {
        return Stream.of(streams, datagrams)
                .flatMap(Optional::stream)
                .distinct()
                .filter(LimitReport.class::isInstance)
                .flatMap(report -> LimitStatus.all((LimitReport) report, name).stream())
                .toList();
    }

    /** Its paths, if it reports any. */
    public List<ServedPath> servedPaths() {
        return streams.filter(PathReport.class::isInstance)
                .map(report -> ((PathReport) report).servedPaths())
                .orElse(List.of());
    }

    /** The requests that it has served, if it reports them. */
    public Optional<RequestStatus> requests() {
        return streams.filter(RequestReport.class::isInstance).map(report -> ((RequestReport) report).requests());
    }

    public static boolean needsDatagrams(EndpointAddress address) {
        return address instanceof EndpointAddress.Internet internet && internet.datagrams();
    }
}
