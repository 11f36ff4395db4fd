package org.pollux.reactor.server.endpoints;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.Acceptor;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.SocketFile;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.StreamStart;
import org.pollux.reactor.server.inheritance.Adoption;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.loops.LoopThread;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket. It accepts on its loop, and places each connection on the loop that has the fewest. While its
 * loop is busy, another one takes over: it watches the same channel, which rule P3 of the pollers allows. The accepting on
 * both loops is in this file, because it shares the socket, the service and the limit.
 */
@SuppressWarnings("ReferenceEquality") // a channel is itself and no other, and so is a group
final class ListeningEndpoint extends BoundEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningEndpoint.class);

    private final LoopGroup loops;
    private final Runnable limitChanged = this::limitChanged;
    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final AlpnChoice choice = new AlpnChoice();
    private final EndpointStages stages;
    private final List<StageFactory> factories;
    private Optional<SocketFile> file = Optional.empty();
    private volatile Acceptor.@Nullable Bound bound;

    /** Whose the next connection is, and each one whose stages have shaken hands. */
    private volatile @Nullable Served served;

    private final Arrivals arrivals = new Arrivals(() -> served, () -> bound != null, this::choose);

    /** Of the own loop's thread. */
    private @Nullable Acceptor acceptor;

    private volatile @Nullable StandIn standIn;

    /** The accepting on one loop. */
    private final class Accepting implements Acceptor.Sink {

        private final Loop on;

        /** Whom the next one is for, as it was right before: what is accepted is never dropped. */
        private @Nullable Served next;

        Accepting(Loop on) {
            this.on = on;
        }

        @Override
        public void accepted(SocketChannel channel) throws IOException {
            ListeningEndpoint.this.accepted(channel, requireNonNull(next), on);
        }

        /** A change is passed to the loop, which may be in the middle of a batch, or in a long callback. */
        @Override
        public boolean takes() {
            next = served;
            return next != null && !limit.isFull();
        }
    }

    /** Accepts on another loop. Its acceptor is of that loop's thread. */
    private final class StandIn {

        private final Loop other;
        private @Nullable Acceptor acceptor;

        StandIn(Loop other) {
            this.other = other;
        }

        void begin(Acceptor.Bound channel) {
            other.post(() -> {
                if (standIn == this && bound == channel) {
                    try {
                        acceptor = Acceptor.standIn(other, channel, new Accepting(other));
                        ListeningEndpoint.this.pauseOrResume(acceptor);
                    } catch (IOException e) {
                        LOG.warn("No other loop can accept on {} while its own is busy", address, e);
                    }
                }
            });
        }

        CompletableFuture<Void> pauseOrResume() {
            return LoopGroup.run(other, () -> ListeningEndpoint.this.pauseOrResume(acceptor));
        }

        /** Lets go of the channel. */
        CompletableFuture<Void> end() {
            return LoopGroup.run(other, () -> {
                if (acceptor != null) {
                    acceptor.leave();
                    acceptor = null;
                }
            });
        }
    }

    ListeningEndpoint(EndpointAddress address, LoopGroup loops, Loop loop, ConnectionLimit limit, ServerTls tls) {
        super(address, loop, limit);
        this.loops = loops;
        this.stages = new EndpointStages(address, tls, choice::names);
        this.factories = stages.all();
    }

    @Override
    void requireReady() throws IOException {
        stages.requireReady();
    }

    @Override
    SocketAddress bind(SocketAddress resolved) throws IOException {
        if (file.isEmpty() && resolved instanceof UnixDomainSocketAddress unix) {
            file = Optional.of(new SocketFile(unix.getPath()));
        }
        Acceptor.Bound made = Acceptor.bind(
                resolved,
                file.orElse(null),
                ListenOptions.DEFAULTS,
                loop.memory().budget().kernel());
        try {
            if (file.isPresent() && address instanceof EndpointAddress.Unix unix) {
                Files.setPosixFilePermissions(file.get().path(), unix.permissions());
            }
            return isBound(made);
        } catch (IOException | RuntimeException e) {
            closeUnused(made);
            throw e;
        }
    }

    /** The file stays the other process's until {@link #own}, and always if systemd has made it. */
    @Override
    SocketAddress adopt(InheritedSocket socket, Path folder) throws IOException {
        ServerSocketChannel channel = Adoption.listener(socket, folder);
        if (!socket.lasts() && socket.local() instanceof UnixDomainSocketAddress unix) {
            file = Optional.of(new SocketFile(unix.getPath()));
        }
        return isBound(Acceptor.adopt(
                channel,
                socket.local(),
                file.orElse(null),
                loop.memory().budget().kernel()));
    }

    private SocketAddress isBound(Acceptor.Bound made) {
        bound = made;
        limit.listen(limitChanged);
        loops.placement().remember(this);
        return made.local();
    }

    @Override
    Optional<SelectableChannel> channel() {
        Acceptor.Bound present = bound;
        return present == null ? Optional.empty() : Optional.of(present.channel());
    }

    @Override
    CompletableFuture<Void> leave() {
        file.ifPresent(SocketFile::leave);
        return rest();
    }

    @Override
    void own() {
        file.ifPresent(socket -> {
            try {
                socket.made();
            } catch (IOException e) {
                LOG.warn("The socket file {} is not there: no client gets here", socket.path(), e);
            }
        });
    }

    @Override
    Optional<String> fault() {
        return file.filter(socket -> !socket.isInPlace())
                .map(socket ->
                        "the file " + socket.path() + " was deleted, or another program has put its own there: no"
                                + " client gets here any more. Choose another path, or restart the server");
    }

    @Override
    CompletableFuture<Void> serve(ServedProtocol service, ConnectionTally group) {
        Served next = Served.of(service, group);
        served = next;
        if (!factories.isEmpty()) {
            CompletableFuture<Void> _ =
                    loops.forEachConnection(groups(), connection -> Arrivals.follow(connection, next));
        }
        Acceptor.Bound channel = bound;
        return whoAccepts(LoopGroup.run(loop, () -> {
            if (acceptor == null && channel != null && bound == channel) {
                try {
                    acceptor = Acceptor.accept(loop, channel, new Accepting(loop));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            pauseOrResume(acceptor);
        }));
    }

    @Override
    CompletableFuture<Void> rest() {
        served = null;
        return whoAccepts(LoopGroup.run(loop, () -> pauseOrResume(acceptor)));
    }

    /** Completes when the accepting loop knows the new owner; a busy loop checks before it accepts again. */
    private CompletableFuture<Void> whoAccepts(CompletableFuture<Void> own) {
        StandIn present = standIn;
        return present == null ? own : present.pauseOrResume();
    }

    @Override
    public void standIn(Optional<Loop> other) {
        StandIn before = standIn;
        Acceptor.Bound channel = bound;
        standIn = other.map(StandIn::new).orElse(null);
        StandIn next = standIn;
        if (before != null) {
            CompletableFuture<Void> _ = before.end();
        }
        if (next != null && channel != null) {
            next.begin(channel);
        }
    }

    @Override
    CompletableFuture<Void> close() {
        stages.close();
        limit.forget(limitChanged);
        loops.placement().forget(this);
        Acceptor.Bound channel = bound;
        bound = null;
        StandIn present = standIn;
        standIn = null;
        CompletableFuture<Void> left = present == null ? CompletableFuture.completedFuture(null) : present.end();
        return unwatchAndClose(left, this::unwatch, () -> {
            if (acceptor != null) {
                acceptor.acceptWaiting();
                acceptor.close();
                acceptor = null;
            } else if (channel != null) {
                closeUnused(channel);
            }
            served = null;
        });
    }

    @Override
    void forget() {
        stages.close();
    }

    private void unwatch() {
        if (acceptor != null) {
            acceptor.unwatch();
        }
    }

    /** Closes a socket that no acceptor has got. */
    private static void closeUnused(Acceptor.Bound unused) {
        try {
            unused.close();
        } catch (IOException e) {
            LOG.debug("{} did not close well", unused, e);
        }
    }

    @Override
    long accepted() {
        return accepted.get();
    }

    @Override
    Map<String, Long> refused() {
        long times = refused.sum();
        return times == 0 ? Map.of() : Map.of("connectionsPerAddress", times);
    }

    @Override
    void share(List<ServedProtocol> guests) {
        Served owner = served;
        choice.change(
                owner == null ? choice.ownNames() : owner.service().offer().alpn(),
                guests.stream().map(guest -> Served.of(guest, group(guest))).toList());
    }

    private void limitChanged() {
        loop.post(() -> pauseOrResume(acceptor));
        StandIn present = standIn;
        if (present != null) {
            CompletableFuture<Void> _ = present.pauseOrResume();
        }
    }

    private void pauseOrResume(@Nullable Acceptor accepting) {
        if (accepting == null) {
            return;
        }
        if (served == null || limit.isFull()) {
            accepting.pause();
        } else {
            accepting.resume();
        }
    }

    private void accepted(SocketChannel channel, Served to, Loop on) throws IOException {
        SocketAddress peer = channel.getRemoteAddress();
        if (!limit.opened(peer)) {
            refused.increment();
            refuse(channel);
            return;
        }
        accepted.incrementAndGet();
        LoopThread target = loops.placement().forConnection(on);
        if (target.loop == on || !handOver(channel, peer, to, target)) {
            take(channel, peer, to, on);
        }
    }

    /** A reset is all that a client with too many connections costs: the kernel keeps nothing of it, no TIME_WAIT either. */
    private static void refuse(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /**
     * Gives a connection to another loop.
     *
     * @return false when that takes none any more
     */
    private boolean handOver(SocketChannel channel, SocketAddress peer, Served to, LoopThread target) {
        target.arriving.incrementAndGet();
        try {
            target.loop.execute(() -> {
                target.arriving.decrementAndGet();
                take(channel, peer, to, target.loop);
            });
            return true;
        } catch (RejectedExecutionException _) {
            target.arriving.decrementAndGet();
            return false;
        }
    }

    private void take(SocketChannel channel, SocketAddress peer, Served to, Loop target) {
        try {
            Served present = served;
            Served owner = present == null ? to : present;
            Protocol opening = factories.isEmpty() ? owner.protocol() : arrivals.after(owner);
            StreamStart.accepted(target, channel, opening, owner.group(), factories);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection accepted on {} could not be taken over and is closed", address, e);
            limit.closed(peer);
        }
    }

    private Optional<Served> choose(Connection connection, Served owner) {
        return address.isTls() ? choice.choose(connection, owner) : Optional.of(owner);
    }
}
