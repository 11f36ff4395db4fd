package org.pollux.reactor.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket. It accepts on its loop, and places each connection on the loop that has the fewest. */
final class StreamSocket extends EndpointSocket {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);

    private final LoopGroup loops;
    private final ConnectionLimit limit;
    private final Runnable limitChanged = this::limitChanged;
    private Optional<SocketFile> file = Optional.empty();
    private Acceptor.@Nullable Bound bound;

    /** Of the loop's thread. */
    private @Nullable Acceptor acceptor;

    private @Nullable Served served;
    private volatile long accepted;

    /** Who gets the next connection. */
    private record Served(Protocol protocol, ConnectionGroup group) {}

    StreamSocket(EndpointAddress address, LoopGroup loops, ConnectionLimit limit) {
        super(address, loops.forEndpoint());
        this.loops = loops;
        this.limit = limit;
    }

    @Override
    SocketAddress bind(SocketAddress resolved) throws IOException {
        if (file.isEmpty() && resolved instanceof UnixDomainSocketAddress unix) {
            file = Optional.of(new SocketFile(unix.getPath()));
        }
        Acceptor.Bound made = Acceptor.bind(resolved, file);
        try {
            if (file.isPresent() && address instanceof EndpointAddress.Unix unix) {
                Files.setPosixFilePermissions(file.get().path(), unix.permissions());
            }
            SocketAddress local = made.channel().getLocalAddress();
            bound = made;
            limit.listen(limitChanged);
            return local;
        } catch (IOException | RuntimeException e) {
            closeUnused(made);
            throw e;
        }
    }

    @Override
    Optional<String> fault() {
        return file.filter(socket -> !socket.isInPlace())
                .map(socket ->
                        "the file " + socket.path() + " was deleted, or another program has put its own there: no"
                                + " client gets here any more. Choose another path, or restart the server");
    }

    @Override
    CompletableFuture<Void> serve(ProtocolService service, ConnectionGroup group) {
        Served next = new Served(service.streams().orElseThrow(), group);
        Acceptor.Bound listening = bound;
        return LoopGroup.run(loop, () -> {
            served = next;
            if (acceptor == null && listening != null) {
                try {
                    acceptor = Acceptor.accept(loop, listening, this::accepted);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            pauseOrResume();
        });
    }

    @Override
    CompletableFuture<Void> rest() {
        return LoopGroup.run(loop, () -> {
            served = null;
            pauseOrResume();
        });
    }

    @Override
    CompletableFuture<Void> close() {
        limit.forget(limitChanged);
        Acceptor.Bound listening = bound;
        bound = null;
        return unwatchAndClose(this::unwatch, () -> {
            if (acceptor != null) {
                acceptor.acceptWaiting();
                acceptor.close();
                acceptor = null;
            } else if (listening != null) {
                closeUnused(listening);
            }
            served = null;
        });
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
        return accepted;
    }

    private void limitChanged() {
        LoopGroup.post(loop, this::pauseOrResume);
    }

    private void pauseOrResume() {
        if (acceptor == null) {
            return;
        }
        if (served == null || limit.isFull()) {
            acceptor.pause();
        } else {
            acceptor.resume();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void accepted(SocketChannel channel) throws IOException {
        Served to = served;
        if (to == null) {
            channel.close(); // unreachable: without a service it is paused
            return;
        }
        accepted++;
        limit.opened();
        if (limit.isFull()) {
            pauseOrResume();
        }
        LoopThread target = loops.forConnection(loop);
        if (target.loop == loop || !handOver(channel, to, target)) {
            take(channel, to, loop);
        }
    }

    /**
     * Gives a connection to another loop.
     *
     * @return false when that takes none any more
     */
    private boolean handOver(SocketChannel channel, Served to, LoopThread target) {
        target.arriving.incrementAndGet();
        try {
            target.loop.execute(() -> {
                take(channel, to, target.loop);
                target.arriving.decrementAndGet();
            });
            return true;
        } catch (RejectedExecutionException _) {
            target.arriving.decrementAndGet();
            return false;
        }
    }

    private void take(SocketChannel channel, Served to, EventLoop target) {
        try {
            StreamConnection.accepted(target, channel, to.protocol(), to.group());
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection accepted on {} could not be taken over and is closed", address, e);
            limit.closed();
        }
    }
}
