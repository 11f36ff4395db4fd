package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.testkit.Peer;

/** The contract on real sockets. */
final class StreamConnectionContractTest extends ConnectionContract {

    @Override
    Line open(ConnectionHandler handler) {
        try {
            return new Sockets(new TestLoop(), handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Sockets implements Line {

        private final TestLoop loop;
        private final Connection connection;
        private final Peer peer;
        private boolean blocked;

        Sockets(TestLoop loop, ConnectionHandler handler) {
            AtomicReference<Connection> accepted = new AtomicReference<>();
            this.loop = loop;
            peer = loop.accept(connection -> {
                accepted.set(connection);
                return handler;
            });
            connection = accepted.get();
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void send(String text) {
            peer.send(text);
        }

        @Override
        public void sendEnd() {
            peer.closeOutput();
        }

        @Override
        public void reset() {
            peer.reset();
        }

        @Override
        public void block() {
            blocked = true;
        }

        @Override
        public void drain() {
            blocked = false;
        }

        @Override
        public String received() {
            return new String(peer.received(), ISO_8859_1);
        }

        @Override
        public boolean isEnded() {
            return peer.isEnded();
        }

        @Override
        public boolean isReset() {
            return peer.isReset();
        }

        @Override
        public void post(Runnable task) {
            loop.onLoop(task);
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            loop.turnUntil(what, () -> {
                if (!blocked) {
                    peer.receiveSome();
                }
                return condition.getAsBoolean();
            });
        }

        @Override
        public void settle() {
            loop.settle();
        }

        @Override
        public void pass(Duration time) {
            loop.pass(time);
        }

        @Override
        public void close() {
            loop.close();
        }
    }
}
