package org.pollux.reactor.server.endpoints;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.OwnDatagrams;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports about the endpoints: the status, from any thread, and a line of the log when a problem is new.
 *
 * <p>The admin thread publishes what is bound and asked for after each change. The numbers are read when the status is asked for.
 */
public final class EndpointReport {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointReport.class);

    private final OwnDatagrams own;
    private volatile List<View> views = List.of();
    private volatile List<ProtocolOffer> offers = List.of();

    /** Problems that were logged, and still are so. */
    private final Set<String> reported = new HashSet<>();

    /**
     * The values that do not change until the next publication, and the source of the numbers.
     *
     * @param socket of the service that has it; null when it is not bound, and for a guest
     * @param guest the connections that have chosen a guest by ALPN; null for others
     */
    private record View(
            EndpointNow status,
            @Nullable BoundEndpoint socket,
            @Nullable ConnectionTally guest) {}

    EndpointReport(OwnDatagrams own) {
        this.own = own;
    }

    // ---- from any thread

    private record EndpointNow(
            String endpoint,
            String protocol,
            State state,
            Optional<SocketAddress> local,
            List<String> alpn,
            int connections,
            int waiting,
            long adopted,
            long accepted,
            Map<String, Long> refused,
            Map<String, Long> closed,
            long bytesRead,
            long bytesWritten,
            long handshakes,
            long handshakesFailed,
            Optional<String> problem)
            implements EndpointStatus {

        /** Without a number yet. */
        EndpointNow(
                String endpoint,
                String protocol,
                State state,
                Optional<SocketAddress> local,
                List<String> alpn,
                Optional<String> problem) {
            this(endpoint, protocol, state, local, alpn, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, problem);
        }

        /** Only connections can be told of those that share a socket. */
        EndpointNow with(ConnectionTally guest) {
            return new EndpointNow(
                    endpoint,
                    protocol,
                    state,
                    local,
                    alpn,
                    guest.open(),
                    waiting,
                    adopted,
                    guest.opened(),
                    refused,
                    closed,
                    bytesRead,
                    bytesWritten,
                    handshakes,
                    handshakesFailed,
                    problem);
        }
    }

    /** All endpoints, by name. */
    public List<EndpointStatus> status() {
        return views.stream().map(EndpointReport::status).toList();
    }

    /** The limits that were met, those of protocols last. */
    public List<LimitStatus> limits() {
        return Stream.concat(own.status().stream(), offers.stream().flatMap(offer -> offer.limits().stream()))
                .toList();
    }

    /** The paths of the protocols that have some. */
    public List<ServedPath> servedPaths() {
        return offers.stream().flatMap(offer -> offer.servedPaths().stream()).toList();
    }

    /** The requests of those protocols that report them. */
    public List<RequestStatus> requests() {
        return offers.stream().flatMap(offer -> offer.requests().stream()).toList();
    }

    private static EndpointStatus status(View view) {
        EndpointNow fixed = view.status();
        BoundEndpoint socket = view.socket();
        ConnectionTally guest = view.guest();
        if (guest != null) {
            return fixed.with(guest);
        } else if (socket == null) {
            return fixed;
        }
        return new EndpointNow(
                fixed.endpoint(),
                fixed.protocol(),
                fixed.state(),
                fixed.local(),
                fixed.alpn(),
                socket.groups().stream().mapToInt(ConnectionTally::open).sum() + socket.waiting(),
                socket.waiting(),
                socket.adopted(),
                socket.accepted(),
                socket.refused(),
                socket.traffic.closed(),
                socket.traffic.bytesRead(),
                socket.traffic.bytesWritten(),
                socket.traffic.handshakes(),
                socket.traffic.handshakesFailed(),
                fixed.state() == State.OPEN ? problemWhileOpen(socket) : fixed.problem());
    }

    private static Optional<String> problemWhileOpen(BoundEndpoint socket) {
        ConnectionLimit limit = socket.limit;
        return limit.isFull() ? Optional.of(limit.why()) : socket.fault();
    }

    // ---- for the admin thread

    /**
     * Shows what is so now, and logs the problems that were not there before.
     *
     * @param isOpen whether the endpoints of a service are to be bound already
     */
    void publish(List<Binding> bindings, Collection<ServedProtocol> services, Predicate<ServedProtocol> isOpen) {
        List<View> now = new ArrayList<>();
        bindings.forEach(binding -> now.add(served(binding)));
        services.forEach(service -> addUnserved(service, isOpen.test(service), bindings, now));
        now.sort(Comparator.comparing(view -> view.status().endpoint()));
        views = List.copyOf(now);
        offers = services.stream()
                .map(ServedProtocol::offer)
                .sorted(ProtocolOffer.BY_RANK)
                .toList();
        log(now);
    }

    private void log(List<View> now) {
        Set<String> problems = new HashSet<>();
        now.forEach(view -> view.status().problem().ifPresent(problem -> {
            String line = view.status().protocol() + " is not reached through "
                    + view.status().endpoint() + ": " + problem;
            problems.add(line);
            if (!reported.contains(line)) {
                LOG.warn(line);
            }
        }));
        reported.clear();
        reported.addAll(problems);
    }

    private static View served(Binding binding) {
        return new View(
                new EndpointNow(
                        binding.key().address().toString(),
                        binding.name(),
                        binding.state(),
                        binding.isBound() ? binding.socket().local() : Optional.empty(),
                        binding.alpn(),
                        binding.problem()),
                binding.socket(),
                null);
    }

    private static void addUnserved(ServedProtocol service, boolean open, List<Binding> bindings, List<View> now) {
        ProtocolOffer offer = service.offer();
        offer.endpoints().malformed().forEach((text, problem) -> now.add(failed(text, offer, problem)));
        for (EndpointAddress address : offer.endpoints().addresses()) {
            String endpoint = address.toString();
            if (!offer.canServe(address)) {
                String lacking = ProtocolOffer.needsDatagrams(address)
                        ? "DatagramProtocol, which a udp endpoint needs"
                        : "Protocol, which a tcp or unix endpoint needs";
                String problem = "the service is no " + lacking + ": remove the endpoint, or offer that interface";
                now.add(failed(endpoint, offer, problem));
            } else if (!open) {
                now.add(unserved(endpoint, offer, State.WAITING, Optional.empty()));
            } else {
                Binding.Key key = Binding.Key.of(address, offer);
                bindings.stream()
                        .filter(binding -> binding.key().equals(key) && !binding.serves(service))
                        .forEach(binding -> now.add(binding.guest(service)
                                .map(group -> guest(binding, offer, group))
                                .orElseGet(() -> unserved(
                                        endpoint,
                                        offer,
                                        State.WAITING,
                                        Optional.of(binding.name() + whyItWaits(binding))))));
            }
        }
    }

    private static String whyItWaits(Binding binding) {
        if (binding.isBeingHandedOver()) {
            return " has left it a moment ago, and may be coming back in another version: this one follows if it does not";
        }
        return " serves it, with a higher ranking or for longer: choose another endpoint, "
                + (binding.key().address().isTls()
                        ? "give this service names for ALPN that no other one there has, or wait for its end"
                        : "or wait for its end");
    }

    private static View guest(Binding binding, ProtocolOffer offer, ConnectionTally group) {
        return new View(
                new EndpointNow(
                        binding.key().address().toString(),
                        offer.name(),
                        State.OPEN,
                        binding.socket().local(),
                        offer.alpn(),
                        Optional.empty()),
                null,
                group);
    }

    private static View failed(String endpoint, ProtocolOffer offer, String problem) {
        return unserved(endpoint, offer, State.FAILED, Optional.of(problem));
    }

    private static View unserved(String endpoint, ProtocolOffer offer, State state, Optional<String> problem) {
        return new View(
                new EndpointNow(endpoint, offer.name(), state, Optional.empty(), List.of(), problem), null, null);
    }
}
