package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.Recorded;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.net.Acceptor;
import org.pollux.reactor.runtime.recording.BundleChange;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;

/** The events for the JDK's Flight Recorder. */
@Timeout(60)
final class FlightRecorderTest {

    private static final ConnectionHandler SILENT = (_, in) -> in.position(in.limit());

    private static RecordedEvent only(Recorded recorded) throws IOException {
        List<RecordedEvent> events = recorded.events();
        assertEquals(1, events.size(), events::toString);
        return events.getFirst();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Test
    void aTurnThatWorks() throws IOException {
        try (TestLoop test = new TestLoop();
                Recorded recorded = new Recorded("LoopTurn")) {
            test.loop.execute(() -> {});
            test.settle();
            assertFalse(recorded.events().isEmpty());
        }
    }

    @Test
    void aConnectionThatOpensAndHowItEnds() throws IOException {
        try (TestLoop test = new TestLoop();
                Listener listener = test.listen(_ -> SILENT);
                Recorded opened = new Recorded("ConnectionOpened");
                Recorded closed = new Recorded("ConnectionClosed")) {
            String address;
            try (SocketChannel client = SocketChannel.open(listener.local())) {
                address = client.getLocalAddress().toString();
                test.turnUntil("it is open", () -> test.openConnections() == 1);
            }
            test.turnUntil("it has ended", () -> test.openConnections() == 0);
            RecordedEvent begin = only(opened);
            RecordedEvent end = only(closed);
            assertEquals(address, begin.getString("remote"));
            assertEquals(begin.getLong("connection"), end.getLong("connection"));
            assertEquals("client", end.getString("cause"));
        }
    }

    @Test
    void aConnectionThatCannotBeTakenOver() throws IOException {
        try (TestLoop test = new TestLoop();
                Recorded recorded = new Recorded("AcceptFailed")) {
            boolean[] refused = new boolean[1];
            try (Acceptor acceptor = Acceptor.open(test.inside, loopback(), ListenOptions.DEFAULTS, _ -> {
                        refused[0] = true;
                        throw new IOException("no place");
                    });
                    SocketChannel _ = SocketChannel.open(acceptor.local())) {
                test.turnUntil("it is refused", () -> refused[0]);
            }
            assertEquals("java.io.IOException: no place", only(recorded).getString("failure"));
        }
    }

    @Test
    void aHandshakeThatIsDoneAndOneThatFails() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT + "?proxy=127.0.0.1");
            try (Recorded recorded = new Recorded("Handshake")) {
                try (Client client = test.connect("a")) {
                    client.send("PROXY UNKNOWN\r\n").receives("A");
                }
                RecordedEvent done = only(recorded);
                assertNull(done.getString("failure"));
                assertFalse(done.getString("stages").isEmpty());
            }
            try (Recorded recorded = new Recorded("Handshake")) {
                try (Client client = test.connect("a")) {
                    client.send("GET / HTTP/1.1\r\n").isCut();
                }
                Eventually.holds("it has failed", () -> test.endpoint("a").handshakesFailed() == 1);
                assertNotNull(only(recorded).getString("failure"));
            }
        }
    }

    @Test
    void aSwapThatIsDoneAndOneThatFails() throws IOException {
        try (TestServer test = TestServer.start()) {
            TestBackend two = new TestBackend("two");
            test.server.offer(two, 0);
            try (Recorded recorded = new Recorded("BackendSwap")) {
                test.server.swap("two");
                RecordedEvent done = only(recorded);
                assertEquals("two", done.getString("to"));
                assertEquals(test.server.status().loops().size(), done.getInt("loops"));
                assertNull(done.getString("failure"));
            }
            TestBackend three = new TestBackend("three");
            three.opens.set(0);
            test.server.offer(three, 0);
            try (Recorded recorded = new Recorded("BackendSwap")) {
                assertThrows(RuntimeException.class, () -> test.server.swap("three"));
                assertTrue(only(recorded).getString("failure").startsWith("three cannot take over"));
            }
        }
    }

    @Test
    void aCallbackThatDoesNotReturnAndThenDoes() throws Exception {
        ServerSettings soon = new ServerSettings("auto", 2, Duration.ofMillis(200), 0, Duration.ofMillis(300));
        StuckProtocol guilty = new StuckProtocol(false);
        try (TestServer test = TestServer.start(soon);
                Recorded heldUp = new Recorded("CallbackHeldUp");
                Recorded returned = new Recorded("CallbackReturned")) {
            test.serve("guilty", guilty, ANY_PORT);
            try (Client _ = test.connect("guilty").receives("s").send("!")) {
                Await.latch("the handler is stuck", guilty.stuck);
                Eventually.holds("a loop is held up", () -> heldUpLoops(test) == 1);
                RecordedEvent event = only(heldUp);
                assertTrue(event.getString("stack").contains("StuckProtocol"), event::toString);
                guilty.freed.countDown();
                Eventually.holds("it has returned", () -> heldUpLoops(test) == 0);
            } finally {
                guilty.freed.countDown();
            }
            Duration lasted = only(returned).getDuration("lasted");
            assertTrue(lasted.toMillis() >= 300, lasted::toString);
        }
    }

    private static long heldUpLoops(TestServer test) {
        return test.server.status().loops().stream()
                .filter(loop -> loop.heldUp().isPresent())
                .count();
    }

    private record NamedEngine(String name) implements TlsEngine {

        @Override
        public String description() {
            return name;
        }

        @Override
        public Set<TlsFeature> features() {
            return Set.of();
        }

        @Override
        public TlsServerContext server(TlsServerSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TlsClientContext client(TlsClientSettings settings) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anotherTlsEngine() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.server.offer(new NamedEngine("one"), 0);
            test.server.exchangeTls("one");
            try (Recorded recorded = new Recorded("TlsEngineExchange")) {
                test.server.offer(new NamedEngine("two"), -1);
                test.server.exchangeTls("two");
                RecordedEvent event = only(recorded);
                assertEquals("one", event.getString("from"));
                assertEquals("two", event.getString("to"));
            }
        }
    }

    @Test
    void aBundleThatIsUpdated() throws IOException {
        try (Recorded recorded = new Recorded("BundleChange")) {
            BundleChange.record("org.example", "1.2.3", "updated");
            RecordedEvent event = only(recorded);
            assertEquals("org.example", event.getString("bundle"));
            assertEquals("updated", event.getString("change"));
        }
    }
}
