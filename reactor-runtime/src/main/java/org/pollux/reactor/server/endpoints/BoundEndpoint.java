package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.OwnDatagrams;
import org.pollux.reactor.runtime.net.Traffic;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.loops.Residence;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.server.tls.ServerTls;

/**
 * The socket of one endpoint. It outlives the services that it serves: one follows the other, and between them the kernel
 * holds what comes.
 *
 * <p>The admin thread binds it, hands it over and closes it; one loop moves its bytes.
 */
abstract sealed class BoundEndpoint implements Residence permits ListeningEndpoint, DatagramEndpoint {

    final EndpointAddress address;
    final Loop loop;

    /** The limit that its connections count for. */
    final ConnectionLimit limit;

    /** What came and went through here, whichever service it was for. */
    final Traffic traffic = new Traffic();

    private final List<ConnectionTally> groups = new CopyOnWriteArrayList<>();

    /** Of its connections, those that wait for the next version of their protocol. */
    private final List<ConnectionTally> waiting = new CopyOnWriteArrayList<>();

    private final AtomicLong adopted = new AtomicLong();
    private @Nullable SocketAddress local;

    BoundEndpoint(EndpointAddress address, Loop loop, ConnectionLimit limit) {
        this.address = address;
        this.loop = loop;
        this.limit = limit;
    }

    /** A socket that is not bound. Administration has its own loop, and its connections count for no limit. */
    static BoundEndpoint of(
            EndpointAddress address,
            LoopGroup loops,
            ConnectionLimit limit,
            OwnDatagrams own,
            ServerTls tls,
            boolean admin) {
        Loop loop = loops.placement().forEndpoint(admin);
        ConnectionLimit counted = admin ? ConnectionLimit.none() : limit;
        return ProtocolOffer.needsDatagrams(address)
                ? new DatagramEndpoint(address, loops, loop, counted, own)
                : new ListeningEndpoint(address, loops, loop, counted, tls);
    }

    @Override
    public final Loop home() {
        return loop;
    }

    /** Takes the address, or the socket that another process has bound there. New connections wait in the kernel. */
    final void bind(Path home, Inheritance inheritance, String service) throws IOException {
        requireReady();
        SocketAddress resolved = address.resolve(home);
        Optional<InheritedSocket> inherited = inheritance.take(address, resolved, service);
        local = inherited.isPresent() ? adopt(inherited.get(), home.resolve("run")) : bind(resolved);
    }

    /** Fails with the reason when it cannot serve anyway. */
    void requireReady() throws IOException {}

    abstract SocketAddress bind(SocketAddress resolved) throws IOException;

    /**
     * Takes the socket of another process, which may still use it.
     *
     * @param folder of the server's sockets
     */
    abstract SocketAddress adopt(InheritedSocket socket, Path folder) throws IOException;

    /** The socket, while it is bound. */
    abstract Optional<SelectableChannel> channel();

    /** Rests, because another process has the socket from now on; whatever becomes of this one, its file stays. */
    CompletableFuture<Void> leave() {
        return rest();
    }

    /** The socket is this process's alone, and its file. */
    void own() {}

    /** Hands what comes from now on to a service; completes when the service before gets nothing new any more. */
    final CompletableFuture<Void> serve(ServedProtocol service) {
        groups.removeIf(group -> group.open() == 0);
        ConnectionTally group = group(service);
        if (!groups.contains(group)) {
            groups.add(group);
        }
        return serve(service, group);
    }

    /** The connections of a service that have come through here. */
    final ConnectionTally group(ServedProtocol service) {
        return service.group(address, limit, traffic);
    }

    abstract CompletableFuture<Void> serve(ServedProtocol service, ConnectionTally group);

    /** Other services get the connections that choose them by ALPN. While nobody is served, the names of the last owner stay. */
    void share(List<ServedProtocol> guests) {}

    /** Leaves what comes to the kernel; completes when no service gets anything any more. */
    abstract CompletableFuture<Void> rest();

    /** Gives the address back, and completes when it is free. */
    abstract CompletableFuture<Void> close();

    /** It was never bound, and never will be. */
    void forget() {}

    final Optional<SocketAddress> local() {
        return Optional.ofNullable(local);
    }

    /** Open connections that came through here; from any thread. */
    final List<ConnectionTally> groups() {
        return List.copyOf(groups);
    }

    /** Counts here what waits for the next version of a protocol, and returns the counter of those that it adopts. */
    final AtomicLong waits(ConnectionTally group) {
        waiting.removeIf(former -> former.open() == 0);
        waiting.add(group);
        return adopted;
    }

    /** How many wait for the next version of their protocol; from any thread. */
    final int waiting() {
        return waiting.stream().mapToInt(ConnectionTally::open).sum();
    }

    /** How many were adopted by the next version of their protocol; from any thread. */
    final long adopted() {
        return adopted.get();
    }

    /** The fault of a socket that is bound; from any thread. */
    Optional<String> fault() {
        return Optional.empty();
    }

    /** How many connections came through here; from any thread. */
    abstract long accepted();

    /** How many connections were refused, by the key of the limit; from any thread. */
    Map<String, Long> refused() {
        return Map.of();
    }

    /**
     * Runs two tasks on the loop, the second one turn later: only then has every poller let go of a channel, and its address is
     * free as soon as it is closed.
     *
     * @param left completes when no other loop watches the channel
     */
    final CompletableFuture<Void> unwatchAndClose(CompletableFuture<Void> left, Runnable unwatch, Runnable close) {
        return left.thenCompose(_ -> LoopGroup.run(loop, unwatch)).thenCompose(_ -> LoopGroup.run(loop, close));
    }
}
