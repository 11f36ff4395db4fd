package org.pollux.reactor.runtime;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A listening socket of one loop. When the system has no descriptor left for a connection, accepting rests for a moment
 * instead of spinning; the connection waits in the backlog.
 */
final class Acceptor extends Watched implements Listener {

    /** Takes a connection over, and closes it when it throws. */
    interface Sink {
        void accepted(SocketChannel channel) throws IOException;
    }

    /** How many connections are accepted in a turn at most. */
    static final int BATCH = 64;

    static final Duration REST = Duration.ofMillis(100);

    private static final int BACKLOG = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final ServerSocketChannel channel;
    private final SocketAddress local;
    private final Sink sink;
    private boolean paused;
    private @Nullable Timer rest;
    private boolean failing;

    private Acceptor(EventLoop loop, ServerSocketChannel channel, Sink sink) throws IOException {
        super(loop);
        this.channel = channel;
        this.local = channel.getLocalAddress();
        this.sink = sink;
    }

    /** Binds and listens, on the loop's thread. */
    static Acceptor open(EventLoop loop, SocketAddress address, Sink sink) throws IOException {
        return accept(loop, bind(address), sink);
    }

    /** Binds and listens; from any thread. The kernel takes connections from now on. */
    static ServerSocketChannel bind(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel channel =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (address instanceof UnixDomainSocketAddress file) {
                removeStale(file);
            }
            channel.configureBlocking(false);
            channel.bind(address, BACKLOG);
            return channel;
        } catch (UnresolvedAddressException | UnsupportedAddressTypeException e) {
            channel.close();
            throw (IOException) new BindException("Cannot listen on " + address).initCause(e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Accepts on a listening channel, on the loop's thread. The channel is closed when that fails. */
    static Acceptor accept(EventLoop loop, ServerSocketChannel channel, Sink sink) throws IOException {
        try {
            Acceptor acceptor = new Acceptor(loop, channel, sink);
            loop.sources().add(loop.poller(), acceptor, Interest.READ);
            return acceptor;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Deletes a socket file on which nobody listens any more. */
    private static void removeStale(UnixDomainSocketAddress address) throws IOException {
        Path file = address.getPath();
        if (Files.exists(file)) {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                throw new BindException(file + " is no socket, and is left alone"); // a connect would be refused, too
            }
            try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                probe.connect(address);
            } catch (ConnectException _) {
                Files.deleteIfExists(file);
                return;
            }
            throw new BindException("Somebody listens on " + file + " already");
        }
    }

    @Override
    public ServerSocketChannel channel() {
        return channel;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    /** Leaves new connections in the backlog until {@link #resume}. */
    void pause() {
        paused = true;
        advance();
    }

    void resume() {
        paused = false;
        advance();
    }

    @Override
    void ready(Interest ready) {
        acceptUpTo(BATCH);
    }

    /** Leaves new connections in the backlog for good. */
    void unwatch() {
        loop.sources().remove(this);
    }

    /**
     * Accepts all who wait in the backlog, unless it is paused. Who connects between this and {@link #close} is reset, so they
     * follow one another at once, when the poller has let go of the channel: it would keep it open for the rest of a turn.
     */
    void acceptWaiting() {
        acceptUpTo(BACKLOG);
    }

    private void acceptUpTo(int most) {
        try {
            for (int i = 0; i < most && !paused && !loop.isStopping(); i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                failing = false;
                handOver(accepted);
            }
        } catch (ClosedChannelException _) {
            close();
        } catch (IOException e) {
            takeRest(e);
        }
    }

    private void handOver(SocketChannel accepted) throws IOException {
        try {
            sink.accepted(accepted);
        } catch (Throwable e) { // never into the poller: it would be taken for the poller's own
            LOG.atLevel(e instanceof IOException ? Level.DEBUG : Level.ERROR)
                    .log("A connection accepted on {} could not be taken over and is closed", local, e);
            accepted.close();
        }
    }

    private void takeRest(IOException cause) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Cannot accept on {}: {}. Accepting rests and is tried again every {} ms; raise the limit of open"
                            + " files (ulimit -n) when that is the cause",
                    local,
                    cause.getMessage(),
                    REST.toMillis());
        }
        rest = new Timer() {
            @Override
            void expire(long now) {
                rest = null;
                advance();
            }
        };
        loop.timers().start(rest, loop.now() + REST.toNanos());
        advance();
    }

    private void advance() {
        try {
            watchFor(paused || rest != null ? Interest.NONE : Interest.READ);
        } catch (IOException e) {
            LOG.error("The poller cannot change the interest of the listener on {}", local, e);
        }
    }

    @Override
    void drop() {
        close();
    }

    @Override
    public void close() {
        loop.requireOwner();
        if (!channel.isOpen()) {
            loop.sources().remove(this);
            return;
        }
        loop.sources().remove(this);
        if (rest != null) {
            loop.timers().cancel(rest);
        }
        try {
            channel.close();
            if (local instanceof UnixDomainSocketAddress file) {
                Files.deleteIfExists(file.getPath());
            }
        } catch (IOException e) {
            LOG.warn("The listener on {} did not close well", local, e);
        }
    }

    @Override
    public String toString() {
        return "Listener on " + local;
    }
}
