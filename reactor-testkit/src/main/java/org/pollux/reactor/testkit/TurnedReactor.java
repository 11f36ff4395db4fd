package org.pollux.reactor.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.Watch;
import org.pollux.reactor.spi.Backend;

/** A reactor that a test turns by hand, with its own clock, and with real sockets at the other side. */
public class TurnedReactor implements AutoCloseable {

    /** So many turns finish what is under way; with faults, bytes may come one by one. */
    private static final int FEW_TURNS = 8;

    private static final int MANY_TURNS = 200;

    private final SwappableReactor turned;
    private final ManualClock clock;
    private final Duration patience;
    private final Deque<Channel> opened = new ArrayDeque<>();

    /** A reactor that uses this clock, and whose tests wait until {@link Await#DEADLINE}. */
    public TurnedReactor(SwappableReactor turned, ManualClock clock) {
        this(turned, clock, Await.DEADLINE);
    }

    /** A reactor that uses this clock, and whose tests wait until the given deadline. */
    public TurnedReactor(SwappableReactor turned, ManualClock clock, Duration patience) {
        this.turned = turned;
        this.clock = clock;
        this.patience = patience;
    }

    /** The loopback address with a port that the system chooses. */
    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public static int port(Listener listener) {
        return ((InetSocketAddress) listener.local()).getPort();
    }

    public final Reactor reactor() {
        return turned.reactor();
    }

    public final ManualClock clock() {
        return clock;
    }

    /** Swaps the backend, as {@link SwappableReactor.Swap} describes. */
    public final int moveTo(Backend next) throws IOException {
        return turned.moveTo(next);
    }

    // ---- turning

    public final void turn() {
        turned.turn(Duration.ZERO);
    }

    /** Makes a turn; only waits a moment when the test has closed the loop. */
    private void turnIfOpen() {
        try {
            turn();
        } catch (IllegalStateException e) {
            if (!"The reactor is closed".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** Turns often enough for all pending work to finish. */
    public final void settle() {
        for (int turns = TestedBackend.isWrapped() ? MANY_TURNS : FEW_TURNS; turns > 0; turns--) {
            turn();
        }
    }

    public final void turnUntil(String what, BooleanSupplier condition) {
        Await.until(what, patience, condition, this::turnIfOpen);
    }

    /** Runs an action on the loop, like a callback. */
    public final void onLoop(Runnable action) {
        reactor().execute(action);
        turn();
    }

    /** Moves the clock, then turns. */
    public final void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    // ---- channels

    /** Closes the resource with this reactor. */
    public final <C extends Channel> C closing(C channel) {
        opened.push(channel);
        return channel;
    }

    /** A non-blocking pipe, closed with this reactor. */
    public final Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        closing(pipe.source()).configureBlocking(false);
        closing(pipe.sink()).configureBlocking(false);
        return pipe;
    }

    public final Pipe readablePipe() throws IOException {
        Pipe pipe = pipe();
        fill(pipe);
        return pipe;
    }

    public static void fill(Pipe pipe) throws IOException {
        requireOne(pipe.sink().write(ByteBuffer.allocate(1)));
    }

    public static void drain(Watch watch) throws IOException {
        requireOne(((Pipe.SourceChannel) watch.channel()).read(ByteBuffer.allocate(1)));
    }

    private static void requireOne(int count) {
        if (count != 1) {
            throw new AssertionError("One byte was to be moved, and it was " + count);
        }
    }

    // ---- connections

    public final Listener listen(Protocol protocol) {
        try {
            return reactor().listen(anyPort(), protocol);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The far end of a connection that this reactor has accepted for the handler; closed with the reactor. */
    public final Peer accept(ConnectionHandler handler) {
        return accept(connection -> handler);
    }

    public final Peer accept(Protocol protocol) {
        AtomicInteger accepted = new AtomicInteger();
        try (Listener listener = listen(connection -> {
            accepted.incrementAndGet();
            return protocol.open(connection);
        })) {
            Peer peer = dial(listener.local());
            turnUntil("a connection is accepted", () -> accepted.get() > 0);
            return peer;
        }
    }

    /** The far end of a connection to a listener of this reactor, which need not turn meanwhile; closed with the reactor. */
    public final Peer dial(SocketAddress address) {
        try {
            return new Peer(this, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        turned.close();
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
        if (Thread.interrupted()) {
            throw new AssertionError("The test's thread was interrupted");
        }
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
