package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.spi.MissingBackend;

/** What a server says of itself, and what it lets itself be told. */
@Timeout(60)
final class ServerStatusTest {

    @Test
    void itNamesVersionUptimeAndBackends() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(new TestBackend("one"), 1);
            test.server.offer(new TestBackend("two"), 2);
            ServerStatus status = test.server.status();
            assertEquals("1.2.3", status.version());
            assertTrue(status.uptime().isPositive());
            assertEquals("two", status.backend());
            assertEquals(
                    List.of(
                            new BackendStatus("two", "for tests", BackendStatus.State.POLLS),
                            new BackendStatus("one", "for tests", BackendStatus.State.READY)),
                    status.backends());
        }
    }

    @Test
    void itSaysWhetherItStartsRunsOrStops() throws IOException {
        PolluxServer server = new PolluxServer(TestServer.SETTINGS, Path.of("").toAbsolutePath(), "1.2.3");
        assertEquals(ServerStatus.State.STARTING, server.status().state());
        server.start();
        assertEquals(ServerStatus.State.RUNNING, server.status().state());
        server.close();
        assertEquals(ServerStatus.State.STOPPING, server.status().state());
    }

    @Test
    void itSaysWhatABackendThatIsMissingLacksForAsLongAsItIsMissing() throws IOException {
        MissingBackend missing = new MissingBackend("two", "install two");
        try (TestServer test = TestServer.parked()) {
            test.server.offer(new TestBackend("one"), 1);
            test.server.reportMissing(missing);
            assertEquals(
                    new BackendStatus("two", "install two", BackendStatus.State.MISSING),
                    test.server.status().backends().getLast());
            assertEquals(
                    "The backend 'two' cannot work: install two",
                    assertThrows(IllegalArgumentException.class, () -> test.server.swap("two"))
                            .getMessage());
            test.server.clearMissing(missing);
            assertEquals(1, test.server.status().backends().size());
        }
    }

    @Test
    void itCountsConnectionsAndBytes() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            test.connect("a").receives("A").close();
            try (Client client = test.connect("a").receives("A").hearsItsEcho("hello")) {
                Eventually.holds("the first has ended", () -> test.endpoint("a").connections() == 1);
                EndpointStatus endpoint = test.endpoint("a");
                assertEquals(State.OPEN, endpoint.state());
                assertEquals(2, endpoint.accepted());
                assertEquals(ANY_PORT, endpoint.endpoint());

                List<LoopStatus> loops = test.server.status().loops();
                assertEquals(
                        List.of("pollux-loop-0", "pollux-loop-1", "pollux-loop-admin"),
                        loops.stream().map(LoopStatus::name).toList());
                assertEquals(1, loops.stream().mapToInt(LoopStatus::connections).sum());
                assertEquals(2, loops.stream().mapToInt(LoopStatus::sources).sum());
                Eventually.holds(
                        "bytes are counted",
                        () -> sum(test, true) == "hello".length() && sum(test, false) == "AAhello".length());
                client.hearsItsEcho("again");
            }
        }
    }

    private static long sum(TestServer test, boolean inbound) {
        return test.server.status().loops().stream()
                .mapToLong(loop -> inbound ? loop.bytesRead() : loop.bytesWritten())
                .sum();
    }

    @Test
    void connectionsAreSpreadOverTheLoops() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(test.connect("a"));
            }
            for (Client client : clients) {
                client.receives("A");
            }
            for (LoopStatus loop : test.server.status().loops().subList(0, 2)) {
                assertEquals(50, loop.connections(), 5, loop::name); // one may be counted while it is handed over
            }
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void endpointsAreInTheOrderOfTheirNames() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), "nonsense," + ports.endpoint(0) + "," + ANY_PORT);
            assertEquals(
                    List.of("nonsense", ANY_PORT, ports.endpoint(0)),
                    test.server.status().endpoints().stream()
                            .map(EndpointStatus::endpoint)
                            .toList());
        }
    }

    /** A protocol with bounds, one of which was met. */
    private record Bounded(TestProtocol protocol) implements Protocol, LimitReport {

        @Override
        public ConnectionHandler open(Connection connection) {
            return protocol.open(connection);
        }

        @Override
        public Map<String, Long> limitsMet() {
            return Map.of("some", 7L, "none", 0L);
        }
    }

    @Test
    void itShowsTheLimitsOfAProtocolForAsLongAsThatIsThere() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("unbounded", new TestProtocol("A"), ANY_PORT);
            assertEquals(List.of(), test.server.status().limits());
            ProtocolOffer bounded =
                    test.serve("bounded", new Bounded(new TestProtocol("B")), ANY_PORT + "," + ANY_PORT);
            assertEquals(
                    List.of(new LimitStatus("some", 7, "bounded")),
                    test.server.status().limits());
            test.withdraw(bounded);
            assertEquals(List.of(), test.server.status().limits());
        }
    }

    @Test
    void itShowsHowManyHandshakesHaveFailed() throws IOException {
        try (TestServer test = TestServer.start()) {
            TestProtocol inner = new TestProtocol("A");
            test.serve(
                    "fails",
                    connection -> {
                        ((StreamConnection) connection).loop.counters().handshakeFailed(0);
                        return inner.open(connection);
                    },
                    ANY_PORT);
            Client first = test.connect("fails");
            Client second = test.connect("fails");
            Eventually.holds(
                    "both count, on two loops",
                    () -> test.server
                            .status()
                            .limits()
                            .equals(List.of(new LimitStatus("handshake (failed)", 2, "org.pollux.reactor-runtime"))));
            first.close();
            second.close();
        }
    }

    @Test
    void theNumberOfLoopsStaysWhatItWas() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.server.configure(new ServerSettings("auto", 5, Duration.ZERO, 0));
            assertEquals(3, test.server.status().loops().size(), "with that for administration");
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithTheirValue() {
        assertEquals(
                "There must be a loop at least, not 0",
                assertThrows(IllegalArgumentException.class, () -> new ServerSettings("auto", 0, Duration.ZERO, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ServerSettings(" ", 1, Duration.ZERO, 0));
        assertThrows(IllegalArgumentException.class, () -> new ServerSettings("auto", 1, Duration.ofSeconds(-1), 0));
        assertThrows(IllegalArgumentException.class, () -> new ServerSettings("auto", 1, Duration.ZERO, -1));
    }
}
