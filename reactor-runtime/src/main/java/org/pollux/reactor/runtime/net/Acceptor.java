package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.LostLoop;
import org.pollux.reactor.runtime.loop.SendBuffer;
import org.pollux.reactor.runtime.loop.Timer;
import org.pollux.reactor.runtime.loop.Watched;
import org.pollux.reactor.runtime.recording.AcceptFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A listening socket of one loop. When the system has no descriptor left for a connection, accepting rests for a moment
 * instead of spinning; the connection waits in the backlog.
 */
public final class Acceptor extends Watched implements Listener {

    /** Takes a connection over, and closes it when it throws. */
    public interface Sink {
        void accepted(SocketChannel channel) throws IOException;

        /** Whether it takes one now; asked before each. */
        default boolean takes() {
            return true;
        }
    }

    /** How many connections are accepted in a turn at most. */
    public static final int BATCH = 64;

    static final Duration REST = Duration.ofMillis(100);

    /** More than wait in a backlog as a rule. */
    private static final int MOST_WAITING = ListenOptions.DEFAULTS.backlog();

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Bound bound;
    private final ServerSocketChannel channel;
    private final SocketAddress local;
    private final Sink sink;
    private boolean paused;
    private @Nullable Timer rest;
    private boolean failing;

    private Acceptor(Loop loop, Bound bound, Sink sink) throws IOException {
        super(loop);
        this.bound = bound;
        this.channel = bound.channel();
        this.local = bound.local();
        this.sink = sink;
    }

    /**
     * A socket that listens.
     *
     * @param local its address, which the channel does not know when it was adopted
     * @param file of a Unix-domain one
     * @param options of a TCP one's connections
     */
    public record Bound(
            ServerSocketChannel channel,
            SocketAddress local,
            @Nullable SocketFile file,
            @Nullable AcceptedOptions options) {

        /** Deletes the file, so that no client connects any more, and closes the socket. */
        public void close() throws IOException {
            deleteFile();
            channel.close();
        }

        private void deleteFile() {
            if (file != null) {
                file.deleteOwn();
            }
        }
    }

    /** Binds and listens, on the loop's thread. */
    public static Acceptor open(Loop loop, SocketAddress address, ListenOptions options, Sink sink) throws IOException {
        SocketFile file = address instanceof UnixDomainSocketAddress unix ? new SocketFile(unix.getPath()) : null;
        return accept(loop, bind(address, file, options, loop.memory().budget().kernel()), sink);
    }

    /**
     * Binds and listens; from any thread, which is never held up by another program. The kernel takes connections from now on.
     *
     * @param file of a Unix-domain address, else null
     * @param kernel the limit of what the kernel takes of each connection
     */
    public static Bound bind(SocketAddress address, @Nullable SocketFile file, ListenOptions options, SendBuffer kernel)
            throws IOException {
        ServerSocketChannel channel =
                file != null ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (file != null) {
                file.clear();
            }
            channel.configureBlocking(false);
            AcceptedOptions accepted = file == null ? new AcceptedOptions(channel, kernel) : null;
            channel.bind(address, options.backlog());
            if (file != null) {
                file.made();
            }
            return new Bound(channel, channel.getLocalAddress(), file, accepted);
        } catch (UnresolvedAddressException | UnsupportedAddressTypeException e) {
            channel.close();
            throw (IOException) new BindException("Cannot listen on " + address).initCause(e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Takes a channel that listens already and does not block; from any thread.
     *
     * @param local its address
     * @param file of a Unix-domain address that is ours to delete, else null
     * @param kernel the limit of what the kernel takes of each connection
     */
    public static Bound adopt(
            ServerSocketChannel channel, SocketAddress local, @Nullable SocketFile file, SendBuffer kernel) {
        boolean unix = local instanceof UnixDomainSocketAddress;
        return new Bound(channel, local, file, unix ? null : new AcceptedOptions(channel, kernel));
    }

    /** Accepts on a listening socket, on the loop's thread. The socket is closed when that fails. */
    public static Acceptor accept(Loop loop, Bound bound, Sink sink) throws IOException {
        try {
            Acceptor acceptor = new Acceptor(loop, bound, sink);
            loop.sources().add(loop.poller(), acceptor, Interest.READ);
            return acceptor;
        } catch (IOException | RuntimeException e) {
            bound.close();
            throw e;
        }
    }

    /** Accepts as well on a channel that another loop's acceptor has, on the loop's thread. End it by {@link #leave}. */
    public static Acceptor standIn(Loop loop, Bound bound, Sink sink) throws IOException {
        Acceptor acceptor = new Acceptor(loop, bound, sink);
        loop.sources().add(loop.poller(), acceptor, Interest.READ);
        return acceptor;
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
    public void pause() {
        paused = true;
        advance();
    }

    public void resume() {
        paused = false;
        advance();
    }

    @Override
    protected void ready(Interest ready) {
        acceptUpTo(BATCH);
    }

    /** Leaves the channel to the other acceptor. */
    public void leave() {
        loop.sources().remove(this);
        if (rest != null) {
            loop.timers().cancel(rest);
        }
    }

    /** Leaves new connections in the backlog for good. */
    public void unwatch() {
        loop.sources().remove(this);
    }

    /**
     * Accepts all connections in the backlog, unless it is paused. A connection that comes between this and
     * {@link #close} is reset, so they follow one another at once, when the poller has let go of the channel: it would
     * keep it open for the rest of a turn. To a Unix-domain socket no client connects any more.
     */
    public void acceptWaiting() {
        bound.deleteFile();
        acceptUpTo(MOST_WAITING);
    }

    private void acceptUpTo(int most) {
        try {
            for (int i = 0; i < most && !paused && sink.takes() && !loop.isStopping(); i++) {
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
            if (bound.options() != null) {
                bound.options().apply(accepted);
            }
            sink.accepted(accepted);
        } catch (LostLoop lost) {
            throw lost;
        } catch (Throwable e) { // never into the poller: it would be taken for the poller's own
            LOG.atLevel(e instanceof IOException ? Level.DEBUG : Level.ERROR)
                    .log("A connection accepted on {} could not be taken over and is closed", local, e);
            AcceptFailed.record(local, e);
            accepted.close();
        }
    }

    private void takeRest(IOException cause) {
        AcceptFailed.record(local, cause);
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
            protected void expire(long now) {
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
    protected void drop() {
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
            bound.close();
        } catch (IOException e) {
            LOG.warn("The listener on {} did not close well", local, e);
        }
    }

    @Override
    public String toString() {
        return "Listener on " + local;
    }
}
