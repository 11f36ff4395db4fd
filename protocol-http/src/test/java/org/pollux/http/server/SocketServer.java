package org.pollux.http.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** A server on the real runtime, with real sockets, on the backend of the run. */
public final class SocketServer implements TestedServer, AutoCloseable {

    private final HandTime time = new HandTime();
    private final RouteRegistry routes = new RouteRegistry();
    private final List<End> ends = new ArrayList<>();
    private final TurnedReactor reactor;
    private final Listener listener;
    private @Nullable Connection accepted;
    private boolean turning;

    public SocketServer() {
        ManualClock clock = new ManualClock();
        var protocol = new WireChooser(routes, HttpSettings.defaults(), time, new LimitCounts(BlockingCalls::refused));
        try {
            EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
            reactor = new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener = reactor.listen(connection -> {
            accepted = connection;
            return protocol.open(connection);
        });
    }

    @Override
    public RouteRegistry routes() {
        return routes;
    }

    @Override
    public ClientEnd dial() {
        accepted = null;
        Peer peer = reactor.dial(listener.local());
        reactor.turnUntil("it is accepted", () -> accepted != null);
        End end = new End(peer, requireNonNull(accepted));
        ends.add(end);
        return end;
    }

    /** Turns until some turns have moved nothing that a client sees. Inside a callback it does nothing. */
    @Override
    public void settle() {
        if (turning) {
            return;
        }
        turning = true;
        try {
            int moved;
            do {
                moved = move();
                reactor.settle();
            } while (moved + move() > 0);
        } finally {
            turning = false;
        }
    }

    private int move() {
        return ends.stream().mapToInt(End::move).sum();
    }

    @Override
    public void execute(Runnable task) {
        reactor.reactor().execute(task);
    }

    @Override
    public void pass(Duration duration) {
        time.pass(duration);
        reactor.clock().advance(duration);
        settle();
    }

    @Override
    public void close() {
        reactor.close();
    }

    /** One with a socket. */
    private final class End implements ClientEnd {

        private final Peer peer;
        private final Connection connection;
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        private int taken;

        End(Peer peer, Connection connection) {
            this.peer = peer;
            this.connection = connection;
        }

        /** Sends and takes what the system takes and has; how many bytes that were. */
        int move() {
            int before = peer.size() + unsent.remaining();
            try {
                if (unsent.hasRemaining()) {
                    peer.sendSome(unsent);
                }
            } catch (UncheckedIOException closed) {
                unsent.position(unsent.limit());
            }
            return Math.abs(peer.receiveSome().size() + unsent.remaining() - before);
        }

        @Override
        public void send(byte[] bytes) {
            unsent = ByteBuffer.allocate(unsent.remaining() + bytes.length)
                    .put(unsent)
                    .put(bytes)
                    .flip();
            settle();
        }

        @Override
        public void finish() {
            settle();
            peer.closeOutput();
            settle();
        }

        @Override
        public boolean isFinished() {
            settle();
            return peer.isEnded();
        }

        @Override
        public byte[] taken() {
            settle();
            byte[] all = peer.received();
            int from = taken;
            taken = all.length;
            return Arrays.copyOfRange(all, from, taken);
        }

        @Override
        public void block() {
            throw onlyByHand();
        }

        @Override
        public void drain() {
            throw onlyByHand();
        }

        @Override
        public void reset() {
            peer.reset();
            settle();
        }

        @Override
        public void shutDown() {
            throw onlyByHand();
        }

        @Override
        public boolean isOpen() {
            settle();
            return connection.isOpen();
        }

        @Override
        public long pending() {
            return connection.pending();
        }

        @Override
        public long charged() {
            throw onlyByHand();
        }

        /** The test is left out. */
        private static TestAbortedException onlyByHand() {
            return new TestAbortedException("A socket has room of its own, and no test looks into the server's end");
        }
    }
}
