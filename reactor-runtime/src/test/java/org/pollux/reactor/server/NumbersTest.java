package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** The numbers of loops, endpoints and swaps, as the status shows them. */
@Timeout(60)
final class NumbersTest {

    @Test
    void anEndpointCountsBytesInBothDirections() throws IOException {
        try (TestServer test = TestServer.start();
                Client client = greeted(test)) {
            client.hearsItsEcho("hello");
            Eventually.holds("bytes are counted", () -> test.endpoint("a").bytesWritten() == "Ahello".length());
            assertEquals("hello".length(), test.endpoint("a").bytesRead());
        }
    }

    private static Client greeted(TestServer test) throws IOException {
        test.serve("a", new TestProtocol("A"), ANY_PORT);
        return test.connect("a").receives("A");
    }

    @Test
    void aConnectionThatItsClientEndsFirstCountsForTheClient() throws IOException {
        try (TestServer test = TestServer.start()) {
            greeted(test).close();
            holdsClosed(test, Map.of("client", 1L));
        }
    }

    @Test
    void aConnectionThatIsResetCountsAsLost() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), test.port("a"));
            assertEquals('A', socket.getInputStream().read());
            socket.setSoLinger(true, 0);
            socket.close();
            holdsClosed(test, Map.of("lost", 1L));
        }
    }

    /** Does what the first byte says. */
    private static final class Obedient implements ConnectionHandler {
        @Override
        public void onData(Connection connection, ByteBuffer in) {
            switch (in.get()) {
                case 'c' -> connection.close();
                case 'a' -> connection.abort();
                default -> throw new IllegalStateException("a fault of the handler");
            }
        }
    }

    @Test
    void theServersEndsCountByTheirCauseAndStayWhenTheServiceIsAnother() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer first = test.serve("a", _ -> new Obedient(), ANY_PORT);
            for (String order : new String[] {"c", "a", "f"}) {
                try (Client client = test.connect("a").send(order)) {
                    client.isCut();
                }
            }
            Map<String, Long> ends = Map.of("server", 1L, "aborted", 1L, "fault", 1L);
            holdsClosed(test, ends);
            test.withdraw(first);
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            assertEquals(ends, test.endpoint("a").closed());
        }
    }

    private static void holdsClosed(TestServer test, Map<String, Long> ends) {
        Eventually.holds("closed is " + ends, () -> test.endpoint("a").closed().equals(ends));
    }

    @Test
    void aRefusedConnectionCountsAtItsEndpointAndNotAsAccepted() throws IOException {
        ServerSettings one = new ServerSettings(
                "auto",
                2,
                Duration.ofSeconds(1),
                0,
                1,
                ServerSettings.DEFAULT.memory(),
                0,
                ServerSettings.DEFAULT.heldUpAfter());
        try (TestServer test = TestServer.start(one);
                Client _ = greeted(test);
                Client second = test.connect("a")) {
            second.isCut();
            EndpointStatus endpoint = test.endpoint("a");
            assertEquals(Map.of("connectionsPerAddress", 1L), endpoint.refused());
            assertEquals(1, endpoint.accepted());
        }
    }

    @Test
    void aLoopSaysHowLongItHasWorkedAlsoInTheMiddleOfATurn() throws IOException, InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        try (TestServer test = TestServer.start()) {
            test.serve(
                    "a",
                    connection -> {
                        connection.reactor().execute(() -> {});
                        await(holds);
                        return new TestProtocol("A");
                    },
                    ANY_PORT);
            try (Client client = test.connect("a")) {
                Eventually.holds("it works", () -> busiest(test).presentTurn().toMillis() >= 20);
                LoopStatus working = busiest(test);
                assertTrue(working.busy().compareTo(working.presentTurn()) >= 0, working::toString);
                assertEquals(1, working.tasksWaiting());
                holds.countDown();
                client.receives("A");
                Eventually.holds("the turn is over", () -> loops(test, LoopStatus::presentTurn) == 0);
                LoopStatus rested = busiest(test);
                assertTrue(rested.turnTimes().quantile(1).toMillis() >= 20, rested::toString);
                assertTrue(rested.ready() > 0, rested::toString);
                assertEquals(0, rested.tasksWaiting());
            } finally {
                holds.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LoopStatus busiest(TestServer test) {
        return test.server.status().loops().stream()
                .max(Comparator.comparing(LoopStatus::busy))
                .orElseThrow();
    }

    private static long loops(TestServer test, Function<LoopStatus, Duration> time) {
        return test.server.status().loops().stream()
                .mapToLong(loop -> time.apply(loop).toNanos())
                .sum();
    }

    @Test
    void swapsAreCountedWithTheirPausesAndFailures() throws IOException {
        try (TestServer test = TestServer.start()) {
            assertEquals(0, test.server.status().swaps().done(), "the start is not a swap");
            test.server.offer(new TestBackend("other"), -1);
            assertEquals("other", test.server.swap("other").to());
            SwapStatus swaps = test.server.status().swaps();
            assertEquals(1, swaps.done());
            assertEquals(1, swaps.pauses().count());
            assertEquals("other", swaps.last().orElseThrow().to());
            assertTrue(swaps.lastAt().isPositive());
            TestBackend broken = new TestBackend("broken");
            broken.opens.set(0);
            test.server.offer(broken, -1);
            assertThrows(IllegalStateException.class, () -> test.server.swap("broken"));
            assertEquals(1, test.server.status().swaps().failed());
        }
    }
}
