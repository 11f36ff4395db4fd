package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.OwnDatagrams;
import org.pollux.reactor.runtime.net.UdpPort;
import org.pollux.reactor.server.inheritance.Adoption;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket. Each service gets a port of its own on it; while there is none, the kernel keeps some datagrams. While its
 * loop is busy, the service has another port on another loop.
 */
final class DatagramEndpoint extends BoundEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramEndpoint.class);

    private final LoopGroup loops;
    private final OwnDatagrams own;
    private volatile @Nullable DatagramChannel bound;
    private volatile @Nullable DatagramProtocol served;
    private final Receiver home;
    private volatile @Nullable Receiver standIn;

    /** Where datagrams are received: a loop, and the port that is of this loop's thread. */
    private final class Receiver {

        private final Loop on;
        private volatile @Nullable UdpPort port;

        Receiver(Loop on) {
            this.on = on;
        }

        CompletableFuture<Void> serve() {
            return LoopGroup.run(on, () -> {
                release();
                open();
            });
        }

        private void open() {
            DatagramChannel channel = bound;
            DatagramProtocol protocol = served;
            if (channel == null || protocol == null || (this != home && this != standIn)) {
                return;
            }
            try {
                UdpPort opened = UdpPort.receive(on, channel, local().orElseThrow(), own, protocol);
                opened.onGivenUp(
                        () -> { // a handler that does not return is followed by a new one
                            if (port == opened) {
                                open();
                            }
                        });
                port = opened;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        CompletableFuture<Void> rest() {
            return LoopGroup.run(on, this::release);
        }

        private void release() {
            UdpPort present = port;
            if (present != null) {
                present.release();
                port = null;
            }
        }
    }

    DatagramEndpoint(EndpointAddress address, LoopGroup loops, Loop loop, ConnectionLimit limit, OwnDatagrams own) {
        super(address, loop, limit);
        this.loops = loops;
        this.own = own;
        this.home = new Receiver(loop);
    }

    @Override
    SocketAddress bind(SocketAddress resolved) throws IOException {
        DatagramChannel channel = UdpPort.bind(resolved);
        return isBound(channel, channel.getLocalAddress());
    }

    @Override
    SocketAddress adopt(InheritedSocket socket, Path folder) throws IOException {
        return isBound(Adoption.datagrams(socket), socket.local());
    }

    private SocketAddress isBound(DatagramChannel channel, SocketAddress local) {
        bound = channel;
        loops.placement().remember(this);
        own.add(local);
        return local;
    }

    @Override
    Optional<SelectableChannel> channel() {
        return Optional.ofNullable(bound);
    }

    @Override
    CompletableFuture<Void> serve(ServedProtocol service, ConnectionTally group) {
        served = service.offer().datagrams().orElseThrow();
        CompletableFuture<Void> atHome = home.serve();
        Receiver other = standIn;
        return other == null ? atHome : other.serve();
    }

    @Override
    CompletableFuture<Void> rest() {
        served = null;
        CompletableFuture<Void> atHome = home.rest();
        Receiver other = standIn;
        return other == null ? atHome : other.rest();
    }

    /** None when it is this socket's own handler that does not return: another one could do the same to another loop. */
    @Override
    public void standIn(Optional<Loop> other) {
        UdpPort mine = home.port;
        Optional<Loop> willing =
                other.filter(_ -> mine == null || loop.activity().current() != mine);
        Receiver before = standIn;
        Receiver next = willing.map(Receiver::new).orElse(null);
        standIn = next;
        if (before != null) {
            CompletableFuture<Void> _ = before.rest();
        }
        if (next != null) {
            CompletableFuture<Void> _ = next.serve();
        }
    }

    @Override
    CompletableFuture<Void> close() {
        loops.placement().forget(this);
        DatagramChannel channel = bound;
        bound = null;
        served = null;
        local().ifPresent(own::remove);
        Receiver other = standIn;
        standIn = null;
        CompletableFuture<Void> left = other == null ? CompletableFuture.completedFuture(null) : other.rest();
        return unwatchAndClose(left, home::release, () -> {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                LOG.debug("{} did not close well", channel, e);
            }
        });
    }

    @Override
    long accepted() {
        return 0;
    }
}
