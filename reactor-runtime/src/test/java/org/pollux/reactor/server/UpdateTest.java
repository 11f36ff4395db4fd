package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Snapshot;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** A service is removed, and its next version has the connections that opt in. */
@Timeout(60)
final class UpdateTest {

    /** Echoes, and greets with its name when it opens a connection. It has no state, or is in the middle of something. */
    private static final class Lasting implements Protocol, ConnectionHandler {

        final TestProtocol echo;
        final AtomicInteger adopted = new AtomicInteger();
        final AtomicBoolean busy = new AtomicBoolean();
        private final boolean refuses;

        Lasting(String name) {
            this(name, false);
        }

        Lasting(String name, boolean refuses) {
            this.echo = new TestProtocol(name);
            this.refuses = refuses;
        }

        @Override
        public ConnectionHandler open(Connection connection) {
            echo.open(connection);
            return this;
        }

        @Override
        public void onOpen(Connection connection) {
            echo.onOpen(connection);
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            echo.onData(connection, in);
        }

        @Override
        public void onShutdown(Connection connection) {
            echo.onShutdown(connection);
        }

        @Override
        public Snapshot snapshot(Connection connection) {
            return busy.get() ? Snapshot.later() : Snapshot.empty();
        }

        @Override
        public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
            if (refuses) {
                throw new IllegalStateException("it is older");
            }
            adopted.incrementAndGet();
            return this;
        }
    }

    private static String faults(TestServer test) {
        return String.join("\n", test.server.status().faults());
    }

    @Test
    void openConnectionsPassToTheNextVersionAtTheSameEndpoint() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", new Lasting("1"), ANY_PORT);
            ProtocolOffer other = test.serve("b", new Lasting("x"), ANY_PORT);
            try (Client one = test.connect("a");
                    Client two = test.connect("a");
                    Client third = test.connect("b")) {
                one.receives("1");
                two.receives("1");
                third.receives("x");
                test.withdraw(first);
                Eventually.holds("they wait", () -> test.endpoint("a").waiting() == 2);
                assertEquals(2, test.endpoint("a").connections());
                assertTrue(faults(test).contains("2 connections of a at tcp://127.0.0.1:0 wait"), () -> faults(test));
                one.send("hello");

                Lasting next = new Lasting("2");
                test.serve("a", next, ANY_PORT);
                one.receives("hello").hearsItsEcho("more");
                two.hearsItsEcho("more");
                third.hearsItsEcho("more");
                assertEquals(2, next.adopted.get());
                assertEquals(0, next.echo.opened.get());
                assertEquals(2, test.endpoint("a").adopted());
                assertEquals(0, test.endpoint("a").waiting());
                assertEquals(2, test.endpoint("a").connections());
                assertEquals("", faults(test));
                test.withdraw(other);
            }
        }
    }

    @Test
    void whenNoVersionComesTheyDrain() throws IOException {
        try (TestServer test = TestServer.start()) {
            Lasting only = new Lasting("1");
            ProtocolOffer service = test.serve("a", only, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("1");
                test.server.withdraw(service.id(), () -> false);
                client.receivesEnd();
                assertEquals(1, only.echo.told.get());
            }
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
        }
    }

    @Test
    void aVersionThatRefusesIsNamedAndTheyDrain() throws IOException {
        try (TestServer test = TestServer.start()) {
            TestProtocol stubborn = new TestProtocol("1").stubborn();
            Protocol first = connection -> new ConnectionHandler() {
                @Override
                public void onOpen(Connection opened) {
                    stubborn.onOpen(opened);
                }

                @Override
                public void onData(Connection opened, ByteBuffer in) {
                    stubborn.onData(opened, in);
                }

                @Override
                public Snapshot snapshot(Connection opened) {
                    return Snapshot.empty();
                }
            };
            ProtocolOffer service = test.serve("a", first, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("1");
                test.withdraw(service);
                test.serve("a", new Lasting("2", true), ANY_PORT);
                Eventually.holds(
                        "it is named",
                        () -> faults(test)
                                .contains("1 connections of a at tcp://127.0.0.1:0 cannot pass to its next version, and"
                                        + " drain: it is older"));
                client.hearsItsEcho("not done yet");
                test.connect("a").receives("2").close();
            }
        }
    }

    @Test
    void whoIsInTheMiddleOfAMessageUntilTheDrainTimeIsOverIsToldAndClosed() throws IOException {
        try (TestServer test = TestServer.start(TestServer.drainingFor(Duration.ofMillis(300)))) {
            Lasting first = new Lasting("1");
            first.busy.set(true);
            ProtocolOffer service = test.serve("a", first, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("1");
                test.withdraw(service);
                test.serve("a", new Lasting("2"), ANY_PORT);
                client.receivesEnd();
                assertEquals(1, first.echo.told.get());
            }
        }
    }

    @Test
    void whoCompletesItsMessageInTimePasses() throws IOException {
        try (TestServer test = TestServer.start()) {
            Lasting first = new Lasting("1");
            first.busy.set(true);
            ProtocolOffer service = test.serve("a", first, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("1");
                test.withdraw(service);
                Lasting next = new Lasting("2");
                test.serve("a", next, ANY_PORT);
                client.hearsItsEcho("still the first");
                assertEquals(0, next.adopted.get());
                first.busy.set(false);
                Eventually.holds("it has passed, without a byte", () -> next.adopted.get() == 1);
                client.hearsItsEcho("the second");
            }
        }
    }

    @Test
    void theServersEndDoesNotWaitForANextVersion() throws IOException {
        Lasting only = new Lasting("1");
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", only, ANY_PORT);
            Client client = test.connect("a").receives("1");
            test.server.withdraw(service.id(), () -> true);
            Eventually.holds("it waits", () -> test.endpoint("a").waiting() == 1);
            client.close();
        }
        assertEquals(1, only.echo.told.get());
    }

    @Test
    void eachOfManyVersionsHasThem() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", new Lasting("1"), ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("1");
                WeakReference<Object> before = new WeakReference<>(new Object());
                for (int i = 0; i < 20; i++) {
                    before = new WeakReference<>(service.streams().orElseThrow());
                    test.withdraw(service);
                    service = test.serve("a", new Lasting("n"), ANY_PORT);
                    client.hearsItsEcho("version " + i);
                }
                assertEquals(20, test.endpoint("a").adopted());
                assertEquals(State.OPEN, test.endpoint("a").state());
                WeakReference<Object> gone = before;
                Eventually.holds("nothing is kept of the version before", () -> {
                    System.gc();
                    return gone.get() == null;
                });
            }
        }
    }
}
