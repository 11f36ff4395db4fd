package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.NextVersion;
import org.pollux.reactor.runtime.net.OwnDatagrams;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.server.endpoints.ServedProtocol.Way;
import org.pollux.reactor.server.inheritance.BoundSocket;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.server.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings together what the protocol services ask for and what is bound: after every change the two are compared, and only
 * what differs is touched. Connections that are established stay with the service that has them.
 *
 * <p>For the admin thread, but for {@link #report} and {@link #faults}.
 */
@SuppressWarnings("ReferenceEquality") // the traffic of a socket is that of no other
public final class EndpointReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointReconciler.class);

    private final LoopGroup loops;
    private final Path home;
    private final ConnectionLimit limit;
    private final ServerTls tls;
    private final OwnDatagrams own = new OwnDatagrams();
    private final Map<Long, ServedProtocol> services = new HashMap<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Departure> departures = new CopyOnWriteArrayList<>();
    private long turns;
    private int glances;

    /** Whether the server starts, and only offers for that time are served. */
    private boolean held;

    /** Bound sockets that wait for their endpoints. */
    private final Inheritance inheritance = new Inheritance();

    /** A line for each of them that systemd holds, and that no endpoint has. */
    private volatile List<String> unclaimed = List.of();

    /** Whether another process serves on the sockets: this one accepts nothing. */
    private boolean resting;

    /** Whether that other process has taken over: this one binds and closes nothing. */
    private boolean left;

    /** Of all services, while another process has taken over. */
    private final List<Drain> farewells = new ArrayList<>();

    private Duration handOver = Duration.ofMinutes(1);

    private final EndpointReport report = new EndpointReport(own);

    public EndpointReconciler(LoopGroup loops, Path home, ConnectionLimit limit, ServerTls tls) {
        this.loops = loops;
        this.home = home;
        this.limit = limit;
        this.tls = tls;
        tls.onReady(this::secure);
    }

    /** The report about the endpoints. */
    public EndpointReport report() {
        return report;
    }

    /** Connections that wait for the next version of their protocol, or are refused by it, or reach nobody; from any thread. */
    public List<String> faults() {
        return Stream.concat(departures.stream().flatMap(departure -> departure.faults().stream()), unclaimed.stream())
                .toList();
    }

    public void handOver(Duration most) {
        handOver = most;
    }

    /** The longest time for which something waits for the next version of a bundle. */
    public Duration handOver() {
        return handOver;
    }

    /** Opens only the endpoints that are open {@link ProtocolOffer#whileStarting}, until this is called with false. */
    public void hold(boolean holding) {
        held = holding;
        settle();
    }

    /** TLS endpoints can be bound that could not be before. */
    private void secure() {
        bindings.stream().filter(binding -> binding.key().address().isTls()).forEach(Binding::hasten);
        settle();
    }

    /** A service has come, or has changed. */
    public void offer(ProtocolOffer offer) {
        ServedProtocol service = services.get(offer.id());
        if (service == null) {
            services.put(offer.id(), new ServedProtocol(offer, ++turns));
        } else {
            service.change(offer.after(service.offer()), ++turns);
        }
        settle();
        departures.forEach(departure -> departure.meet(services.values()));
    }

    /** A service was removed. Returns when it gets no new connection; those that it has may end by themselves. */
    public void withdraw(long id, Duration patience, BooleanSupplier comesBack) {
        ServedProtocol gone = services.remove(id);
        if (gone == null) {
            return;
        }
        List<Binding> its =
                bindings.stream().filter(binding -> binding.serves(gone)).toList();
        its.stream().filter(Binding::isBound).forEach(Binding::rest);
        settle();
        HandOver between = new HandOver(comesBack, handOver);
        Departure departure =
                new Departure(gone, patience, handOvers(its), between, way -> nextVersion(gone, way), loops);
        departures.add(departure);
        its.stream()
                .filter(binding -> binding.state() == State.DRAINING)
                .forEach(binding -> binding.waitFor(departure, between));
        departure.meet(services.values());
    }

    /** The departure of a service that has no next version. */
    private Departure ending(ServedProtocol gone, Duration patience, CompletableFuture<Void> lastAccepted) {
        HandOver over = new HandOver(() -> false, Duration.ZERO);
        Departure departure = new Departure(gone, patience, lastAccepted, over, way -> nextVersion(gone, way), loops);
        departure.end(patience);
        return departure;
    }

    private NextVersion nextVersion(ServedProtocol gone, Way way) {
        ConnectionTally waiting = gone.newGroup(way);
        AtomicLong adopted = bindings.stream()
                .filter(binding -> binding.socket().traffic == way.traffic())
                .findFirst()
                .map(binding -> binding.socket().waits(waiting))
                .orElseGet(AtomicLong::new);
        return new NextVersion(waiting, adopted);
    }

    /** All services but those of administration have ended, and none will follow. */
    public void withdrawOthers(Duration patience) {
        held = true;
        List<ServedProtocol> others = services.values().stream()
                .filter(service -> !service.offer().whileStarting())
                .toList();
        List<Binding> theirs = bindings.stream()
                .filter(binding -> services.values().stream()
                        .noneMatch(service -> service.offer().whileStarting() && binding.serves(service)))
                .toList();
        end(others, theirs, patience);
    }

    /** All services have ended, and none will follow: nothing waits for one. */
    public void withdrawAll(Duration patience) {
        end(List.copyOf(services.values()), List.copyOf(bindings), patience);
    }

    private void end(List<ServedProtocol> gone, List<Binding> theirs, Duration patience) {
        departures.forEach(departure -> departure.end(patience));
        theirs.forEach(Binding::close);
        CompletableFuture<Void> lastAccepted = handOvers(theirs);
        gone.forEach(one -> departures.add(ending(one, patience, lastAccepted)));
        services.values().removeAll(gone);
        await(theirs);
        bindings.removeAll(theirs);
        report.publish(bindings, services.values(), this::isOpen);
    }

    /** Whether {@link #advance} has something to wait for. */
    public boolean isUnsettled() {
        return !departures.isEmpty()
                || !farewells.isEmpty()
                || bindings.stream().anyMatch(binding -> binding.state() != State.OPEN);
    }

    /**
     * Does what is due: tries again, drains, closes.
     *
     * @return whether the connections of all ended services have ended
     */
    public boolean advance() {
        int glance = ++glances;
        departures.forEach(departure -> departure.advance(glance));
        departures.removeIf(Departure::isDone);
        bindings.forEach(binding -> binding.tick(glance));
        farewells.forEach(Drain::advance);
        farewells.removeIf(Drain::isDone);
        if (bindings.stream().anyMatch(binding -> binding.isDue() || isFreeForOthers(binding))) {
            settle();
        }
        return departures.isEmpty();
    }

    // ---- another process

    /** Adds bound sockets, each for the endpoint that wants it. */
    public void inherit(Inheritance sockets) {
        inheritance.addAll(sockets);
    }

    /** Binds, but serves nothing until {@link #takeOver}: another process does. */
    public void rest() {
        resting = true;
    }

    /** The sockets, for another process. They stay open here. */
    public List<BoundSocket> sockets() {
        List<InheritedSocket> lasting = lasting();
        Stream<Binding> own =
                bindings.stream().filter(binding -> lasting.stream().noneMatch(socket -> isOf(socket, binding)));
        return Stream.concat(own.flatMap(Binding::bound), lasting.stream().map(BoundSocket::of))
                .toList();
    }

    private List<InheritedSocket> lasting() {
        return inheritance.waiting().stream().filter(InheritedSocket::lasts).toList();
    }

    /** One port can have a socket of TCP and one of UDP. */
    private static boolean isOf(InheritedSocket socket, Binding binding) {
        return socket.datagrams() == ProtocolOffer.needsDatagrams(binding.key().address())
                && Optional.of(socket.local()).equals(binding.socket().local());
    }

    /** The kernel takes connections at an address that systemd holds, whether or not an endpoint has it. */
    private void lookForUnclaimed() {
        List<String> now = lasting().stream()
                .filter(socket ->
                        !held && bindings.stream().noneMatch(binding -> binding.isBound() && isOf(socket, binding)))
                .map(socket -> "systemd holds the " + (socket.datagrams() ? "UDP" : "stream") + " socket of "
                        + text(socket.local())
                        + ", and no endpoint has this address, so nobody serves clients there. Correct"
                        + " the .socket unit, or the endpoint")
                .toList();
        now.stream().filter(line -> !unclaimed.contains(line)).forEach(LOG::warn);
        unclaimed = now;
    }

    /** Without the slash that the JDK writes in place of a host's name. */
    private static String text(SocketAddress local) {
        return local instanceof InetSocketAddress ? local.toString().substring(1) : local.toString();
    }

    /** Another process takes over: nothing is accepted, bound or closed here any more. Returns when that is so. */
    public void leave() {
        resting = true;
        left = true;
        bindings.forEach(Binding::leave);
        await(bindings);
    }

    /** Asks all connections to end, after {@link #leave}. */
    public void sayFarewell(Duration patience) {
        for (ServedProtocol service : services.values()) {
            List<ConnectionTally> groups = service.groups();
            CompletableFuture<Void> told = loops.forEachConnection(groups, StreamConnection::shutdown);
            farewells.add(new Drain(service.offer().name(), groups, patience, told, loops));
        }
    }

    /** Whether all connections have ended that were asked to by {@link #sayFarewell}. */
    public boolean isFarewellOver() {
        return farewells.isEmpty();
    }

    /** Serves on all sockets: the other process is gone, or lets this one. Inherited sockets that no endpoint wants are closed. */
    public void takeOver() {
        resting = false;
        left = false;
        farewells.clear(); // new connections come to the same services
        bindings.forEach(Binding::takeOver);
        await(bindings);
        inheritance.closeRest();
        settle();
    }

    // ---- bringing both together

    private void settle() {
        if (left) {
            return;
        }
        Map<Binding.Key, ServedProtocol> wanted = wanted();
        List<Binding> left = bindings.stream()
                .filter(binding -> !wanted.containsKey(binding.key()))
                .toList();
        left.forEach(binding -> leave(binding, wanted));
        await(left); // their addresses are free now, for others perhaps

        List<Binding> handedOver = new ArrayList<>();
        wanted.forEach((key, service) -> serve(key, service).ifPresent(handedOver::add));
        await(handedOver);
        handedOver.forEach(Binding::served);
        Map<Binding.Key, List<ServedProtocol>> claimants = claimants();
        bindings.forEach(binding -> binding.share(claimants.getOrDefault(binding.key(), List.of())));
        lookForUnclaimed();
        report.publish(bindings, services.values(), this::isOpen);
    }

    private static CompletableFuture<Void> handOvers(List<Binding> bindings) {
        return CompletableFuture.allOf(bindings.stream().map(Binding::handOver).toArray(CompletableFuture<?>[]::new));
    }

    /** Waits until the loops have done what the bindings began; one that is too busy does it later. */
    private void await(List<Binding> changed) {
        try {
            loops.await(handOvers(changed));
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Endpoints change later than they should. {}", e.getMessage());
        }
    }

    /** Which service is to be served where. */
    private Map<Binding.Key, ServedProtocol> wanted() {
        Map<Binding.Key, ServedProtocol> wanted = new LinkedHashMap<>();
        claimants()
                .forEach((key, all) ->
                        Ownership.choose(key.address(), find(key), all).ifPresent(owner -> wanted.put(key, owner)));
        return wanted;
    }

    /** All that ask for each endpoint. */
    private Map<Binding.Key, List<ServedProtocol>> claimants() {
        Map<Binding.Key, List<ServedProtocol>> claimants = new LinkedHashMap<>();
        for (ServedProtocol service : byRank()) {
            for (EndpointAddress address : service.offer().endpoints().addresses()) {
                if (service.offer().canServe(address) && isOpen(service)) {
                    claimants
                            .computeIfAbsent(Binding.Key.of(address, service.offer()), _ -> new ArrayList<>())
                            .add(service);
                }
            }
        }
        return claimants;
    }

    private boolean isOpen(ServedProtocol service) {
        return !held || service.offer().whileStarting();
    }

    private List<ServedProtocol> byRank() {
        return services.values().stream()
                .sorted(Comparator.comparing(ServedProtocol::offer, ProtocolOffer.BY_RANK))
                .toList();
    }

    /** Whether the hand-over is over for which others wait. */
    private boolean isFreeForOthers(Binding binding) {
        return binding.state() == State.DRAINING
                && !binding.isBeingHandedOver()
                && services.values().stream()
                        .anyMatch(service -> service.offer().endpoints().addresses().stream()
                                .anyMatch(address ->
                                        Binding.Key.of(address, service.offer()).equals(binding.key())));
    }

    /**
     * No service asks for it: waits a while for a successor when its service was removed, closes it when the service
     * moved.
     */
    private void leave(Binding binding, Map<Binding.Key, ServedProtocol> wanted) {
        if (binding.state() == State.DRAINING) {
            Optional<Binding.Key> heir = wanted.entrySet().stream()
                    .filter(entry -> binding.canBeInheritedBy(
                            entry.getValue().offer(), entry.getKey().address()))
                    .map(Map.Entry::getKey)
                    .filter(key -> find(key).isEmpty())
                    .findFirst();
            if (heir.isPresent()) {
                binding.inherit(heir.get());
            } else if (binding.isDue()) {
                close(binding);
            }
        } else {
            close(binding);
        }
    }

    private void close(Binding binding) {
        bindings.remove(binding);
        binding.close();
    }

    /** Begins to serve; empty when there is nothing to do, or nothing can be done now. */
    private Optional<Binding> serve(Binding.Key key, ServedProtocol service) {
        Binding binding = find(key).orElseGet(() -> add(key));
        boolean tooEarly = binding.state() == State.FAILED && binding.serves(service) && !binding.isDue();
        if (tooEarly || binding.isServed(service)) {
            return Optional.empty();
        }
        try {
            for (Optional<Binding> rival = rival(binding); rival.isPresent(); rival = rival(binding)) {
                if (!makesWay(rival.get(), service)) {
                    binding.queue(service, described(rival.get()));
                    return Optional.empty();
                }
            }
            binding.bind(home, inheritance, service);
            binding.serve(service, !resting);
            return Optional.of(binding);
        } catch (IOException | RuntimeException e) {
            binding.fail(service, BindFault.explain(key.address(), e));
            return Optional.empty();
        }
    }

    private Binding add(Binding.Key key) {
        Binding made = new Binding(key, BoundEndpoint.of(key.address(), loops, limit, own, tls, key.admin()));
        bindings.add(made);
        return made;
    }

    /** Another endpoint of ours that is bound and the same to the system: another of its names, or a wildcard. */
    private Optional<Binding> rival(Binding binding) throws IOException {
        EndpointAddress address = binding.key().address();
        if (binding.isBound() || address.isAnyPort()) {
            return Optional.empty();
        }
        SocketAddress wanted = address.resolve(home);
        return bindings.stream()
                .filter(Binding::isBound)
                .filter(other ->
                        ProtocolOffer.needsDatagrams(other.key().address()) == ProtocolOffer.needsDatagrams(address))
                .filter(other -> other.socket()
                        .local()
                        .filter(bound -> Overlap.between(bound, wanted))
                        .isPresent())
                .findFirst();
    }

    /** Closes an endpoint that only waits for a successor, when that is the service that is in its way. */
    private boolean makesWay(Binding rival, ServedProtocol service) {
        boolean free = rival.state() == State.DRAINING
                && (!rival.isBeingHandedOver()
                        || rival.name().equals(service.offer().name()));
        if (free) {
            close(rival);
            await(List.of(rival));
        }
        return free;
    }

    private static String described(Binding rival) {
        return rival.name() + " serves " + rival.key().address()
                + ", which is the same to the system, and was there first: choose another endpoint, or wait for its end";
    }

    private Optional<Binding> find(Binding.Key key) {
        return bindings.stream().filter(binding -> binding.key().equals(key)).findFirst();
    }
}
