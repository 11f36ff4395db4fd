package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Event;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;

/** A loop that a test turns by hand, with a clock of its own, and the real sockets at its other side. */
final class TestLoop implements AutoCloseable {

    final ManualClock clock = new ManualClock();
    final EventLoop loop;
    private final List<Peer> peers = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();

    TestLoop() throws IOException {
        this(new NioBackend());
    }

    TestLoop(Backend backend) throws IOException {
        loop = new EventLoop(backend, clock);
    }

    /** The loopback address with a port that the system chooses. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static int port(Listener listener) {
        return ((InetSocketAddress) listener.local()).getPort();
    }

    // ---- turning

    void turn() {
        loop.turn(Duration.ZERO);
    }

    /** A turn, or only a moment when the loop was closed by the test. */
    private void turnIfOpen() {
        try {
            turn();
        } catch (IllegalStateException e) {
            assertEquals("The reactor is closed", e.getMessage());
        }
    }

    /** Turns so often that whatever is under way has happened. */
    void settle() {
        for (int i = 0; i < 8; i++) {
            turn();
        }
    }

    void turnUntil(String what, BooleanSupplier condition) {
        Await.until(what, condition, this::turnIfOpen);
    }

    /** Does something on the loop, as a callback would. */
    void onLoop(Runnable action) {
        loop.execute(action);
        turn();
    }

    /** Lets the time pass at once, then turns. */
    void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    // ---- pipes

    /** A pipe that does not block, closed with this loop. */
    Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
        pipes.add(pipe);
        return pipe;
    }

    Pipe readablePipe() throws IOException {
        Pipe pipe = pipe();
        fill(pipe);
        return pipe;
    }

    static void fill(Pipe pipe) throws IOException {
        assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
    }

    static void drain(Event event) throws IOException {
        assertEquals(1, ((Pipe.SourceChannel) event.channel()).read(ByteBuffer.allocate(1)));
    }

    // ---- connections

    Listener listen(Protocol protocol) {
        try {
            return loop.listen(anyPort(), protocol);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The far end of a connection that this loop has accepted for the handler; closed with this loop. */
    Peer accept(ConnectionHandler handler) {
        return accept(connection -> handler);
    }

    Peer accept(Protocol protocol) {
        long before = loop.ownGroup().opened();
        try (Listener listener = listen(protocol)) {
            Peer peer = dial(listener.local());
            turnUntil("a connection is accepted", () -> loop.ownGroup().opened() > before);
            return peer;
        }
    }

    Peer dial(SocketAddress address) {
        try {
            Peer peer = new Peer(this, address);
            peers.add(peer);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        loop.close();
        peers.forEach(Peer::close);
        for (Pipe pipe : pipes) {
            try {
                pipe.sink().close();
                pipe.source().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertFalse(Thread.interrupted(), "the test's thread was interrupted");
    }
}
