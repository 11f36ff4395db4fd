package org.pollux.reactor.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.DatagramProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket. Each service gets a port of its own on it; while there is none, the kernel keeps some datagrams. */
final class UdpSocket extends EndpointSocket {

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final OwnDatagrams own;
    private @Nullable DatagramChannel bound;

    /** Of the loop's thread. */
    private @Nullable UdpPort port;

    UdpSocket(EndpointAddress address, EventLoop loop, OwnDatagrams own) {
        super(address, loop);
        this.own = own;
    }

    @Override
    SocketAddress bind(SocketAddress resolved) throws IOException {
        DatagramChannel channel = UdpPort.bind(resolved);
        bound = channel;
        SocketAddress local = channel.getLocalAddress();
        own.add(local);
        return local;
    }

    @Override
    CompletableFuture<Void> serve(ProtocolService service, ConnectionGroup group) {
        DatagramProtocol protocol = service.datagrams().orElseThrow();
        DatagramChannel channel = bound;
        return LoopGroup.run(loop, () -> {
            release();
            if (channel != null) {
                try {
                    port = UdpPort.receive(loop, channel, own, protocol);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    @Override
    CompletableFuture<Void> rest() {
        return LoopGroup.run(loop, this::release);
    }

    @Override
    CompletableFuture<Void> close() {
        DatagramChannel channel = bound;
        bound = null;
        local().ifPresent(own::remove);
        return unwatchAndClose(this::release, () -> {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                LOG.debug("{} did not close well", channel, e);
            }
        });
    }

    private void release() {
        if (port != null) {
            port.release();
            port = null;
        }
    }

    @Override
    long accepted() {
        return 0;
    }
}
