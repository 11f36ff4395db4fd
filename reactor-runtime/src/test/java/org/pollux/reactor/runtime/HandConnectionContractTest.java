package org.pollux.reactor.runtime;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The contract in memory: what a test of a protocol sees with the test kit's connection, it would see with a real one. */
final class HandConnectionContractTest extends ConnectionContract {

    @Override
    Line open(ConnectionHandler handler) {
        return new Memory(handler);
    }

    private static final class Memory implements Line {

        private final HandReactor reactor = new HandReactor();
        private final HandConnection connection;

        Memory(ConnectionHandler handler) {
            connection = new HandConnection(reactor, _ -> handler);
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void send(String text) {
            connection.receive(text);
        }

        @Override
        public void sendEnd() {
            connection.receiveEnd();
        }

        @Override
        public void reset() {
            connection.reset();
        }

        @Override
        public void block() {
            connection.block();
        }

        @Override
        public void drain() {
            connection.drain();
        }

        @Override
        public String received() {
            return connection.sent();
        }

        @Override
        public boolean isEnded() {
            return connection.isFinished();
        }

        @Override
        public boolean isReset() {
            return connection.isReset();
        }

        @Override
        public void post(Runnable task) {
            reactor.execute(task);
            reactor.turn();
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            reactor.turnUntil(what, condition);
        }

        @Override
        public void settle() {
            reactor.settle();
        }

        @Override
        public void pass(Duration time) {
            reactor.pass(time);
        }

        @Override
        public void close() {
            reactor.close();
        }
    }
}
