package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tck.seeds.SeededTests;

/** A service goes away, and perhaps another comes in its place. */
@Timeout(60)
final class HandOverTest {

    @Test
    void whoConnectsBetweenTwoVersionsWaitsForTheSecond() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", new TestProtocol("1"), ANY_PORT);
            int port = test.port("a");
            test.withdraw(first);
            assertEquals(State.DRAINING, test.endpoint("a").state());
            try (Client early = Client.connect(port)) {
                test.serve("a", new TestProtocol("2"), ANY_PORT);
                assertEquals(port, test.port("a"));
                early.receives("2").hearsItsEcho("hello");
            }
        }
    }

    @Test
    void noClientIsRefusedWhileVersionsFollowOneAnother() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer serving = test.serve("a", new TestProtocol("A").stubborn(), ports.endpoint(0));
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    try (Client client = Client.connect(ports.port(0))) {
                        client.receives("A").hearsItsEcho("hello");
                        served.incrementAndGet();
                    } catch (IOException e) {
                        throw new AssertionError("After " + served + " clients", e);
                    }
                }
            });
            for (int i = 0; i < 20; i++) {
                int before = served.get();
                test.withdraw(serving);
                serving = test.serve("a", new TestProtocol("A").stubborn(), ports.endpoint(0));
                Eventually.holds("clients are served", () -> served.get() > before + 2 || clients.isDone());
            }
            enough.set(true);
            clients.orTimeout(40, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void connectionsOfAServiceThatIsGoneAreToldAndTheNewOnesAreAnothers() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            TestProtocol gone = new TestProtocol("A").stubborn();
            ProtocolOffer service = test.serve("a", gone, ports.endpoint(0));
            try (Client old = Client.connect(ports.port(0))) {
                old.receives("A");
                test.withdraw(service);
                test.serve("b", new TestProtocol("B"), ports.endpoint(0));

                Client.connect(ports.port(0)).receives("B").close();
                Eventually.holds("the old connection is told", () -> gone.told.get() == 1);
                old.hearsItsEcho("not done yet");
            }
            assertEquals(1, gone.opened.get());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void withoutASuccessorTheEndpointIsClosedWhenTheConnectionsHaveEnded() throws IOException {
        try (TestServer test = TestServer.start()) {
            TestProtocol protocol = new TestProtocol("A").stubborn();
            ProtocolOffer service = test.serve("a", protocol, ANY_PORT);
            int port = test.port("a");
            try (Client client = test.connect("a")) {
                client.receives("A");
                test.withdraw(service);
                Eventually.holds("it is told", () -> protocol.told.get() == 1);
                assertEquals(State.DRAINING, test.endpoint("a").state());
                assertEquals(1, test.endpoint("a").connections());
                client.hearsItsEcho("goodbye");
            }
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
            Client.isRefused(port);
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void connectionsThatDoNotEndAreClosedAtTheDeadline() throws IOException {
        try (TestServer test = TestServer.start(TestServer.drainingFor(Duration.ofMillis(300)))) {
            TestProtocol protocol = new TestProtocol("A").stubborn();
            ProtocolOffer service = test.serve("a", protocol, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("A");
                long start = System.nanoTime();
                test.withdraw(service);
                client.receivesEnd();
                assertTrue(System.nanoTime() - start >= 300_000_000, "cut off before the deadline");
                // This peer does not close its side; that is held against it a little later.
                Eventually.holds("it is gone", () -> protocol.closed.get() == 1);
            }
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void whileItIsKnownToComeBackItsClientsWaitHoweverLong() throws IOException {
        AtomicBoolean comesBack = new AtomicBoolean(true);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", new TestProtocol("1"), ANY_PORT);
            int port = test.port("a");
            long begin = System.nanoTime();
            test.server.withdraw(first.id(), comesBack::get);
            Eventually.holds("more than the usual time has passed", () -> System.nanoTime() - begin > 1_300_000_000L);
            assertEquals(State.DRAINING, test.endpoint("a").state());
            try (Client early = Client.connect(port)) {
                test.serve("a", new TestProtocol("2"), ANY_PORT);
                early.receives("2").hearsItsEcho("hello");
            }
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void afterItWasKnownToComeBackItHasTheUsualTimeStill() throws IOException {
        AtomicInteger glances = new AtomicInteger();
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", new TestProtocol("1"), ANY_PORT);
            // as of a bundle that has started, and whose component is being activated
            test.server.withdraw(first.id(), () -> glances.incrementAndGet() < 4);
            Eventually.holds("it is known no longer", () -> glances.get() > 5);
            assertEquals(State.DRAINING, test.endpoint("a").state());
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
            assertTrue(glances.get() >= 13, () -> "closed at glance " + glances);
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void whenItIsKnownNotToComeBackItsEndpointIsClosedSoon() throws IOException {
        AtomicBoolean comesBack = new AtomicBoolean(true);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", new TestProtocol("1"), ANY_PORT);
            test.server.withdraw(first.id(), comesBack::get);
            comesBack.set(false);
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void itIsNotWaitedForLongerThanConfigured() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.server.handOver(Duration.ofSeconds(1));
            ProtocolOffer first = test.serve("a", new TestProtocol("1"), ANY_PORT);
            test.server.withdraw(first.id(), () -> true);
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void aServiceComesBackAfterItsEndpointWasClosed() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            test.withdraw(test.serve("a", new TestProtocol("1"), ports.endpoint(0)));
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
            test.serve("a", new TestProtocol("2"), ports.endpoint(0));
            Client.connect(ports.port(0)).receives("2").close();
        }
    }

    @Test
    void anUpdateMayMoveToAnAddressThatOverlaps() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            test.withdraw(test.serve("a", new TestProtocol("1"), ports.endpoint(0)));
            test.serve("a", new TestProtocol("2"), "tcp://0.0.0.0:" + ports.port(0));
            Client.connect(ports.port(0)).receives("2").close();
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void nothingIsKeptOfAServiceThatIsGone() throws IOException {
        try (TestServer test = TestServer.start()) {
            WeakReference<TestProtocol> protocol = serveOnceAndWithdraw(test);
            Eventually.holds("it is collected", () -> {
                System.gc();
                return protocol.get() == null;
            });
        }
    }

    private static WeakReference<TestProtocol> serveOnceAndWithdraw(TestServer test) throws IOException {
        TestProtocol protocol = new TestProtocol("A");
        ProtocolOffer service = test.serve("a", protocol, ANY_PORT);
        try (Client client = test.connect("a")) {
            client.receives("A");
        }
        test.withdraw(service);
        return new WeakReference<>(protocol);
    }
}
