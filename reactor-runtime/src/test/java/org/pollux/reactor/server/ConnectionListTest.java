package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;

/** The connections as an operator sees them, and one that the operator ends. */
@Timeout(60)
final class ConnectionListTest {

    @Test
    void itNamesTheClientTheOwnerAndTheBytes() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client client = test.connect("a").receives("A").hearsItsEcho("hello")) {
                ConnectionList list = test.server.connections(10);
                assertEquals(1, list.open());
                assertEquals(List.of(), list.silent());
                ConnectionStatus connection = list.connections().getFirst();
                assertEquals(ConnectionStatus.State.OPEN, connection.state());
                assertEquals("a at " + ANY_PORT, connection.owner());
                assertEquals(test.address("a"), connection.local());
                assertTrue(connection.loop().startsWith("pollux-loop-"), connection.loop());
                assertEquals("hello".length(), connection.bytesRead());
                assertEquals("Ahello".length(), connection.bytesWritten());
                assertTrue(connection.age().compareTo(connection.idle()) >= 0, connection::toString);
                assertTrue(connection.idle().compareTo(Duration.ofMinutes(1)) < 0, connection::toString);
                client.hearsItsEcho("again");
            }
        }
    }

    @Test
    void itKnowsSinceWhenNothingWasMoved() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client client = test.connect("a").receives("A")) {
                Eventually.holds("it is idle", () -> idle(test).toMillis() >= 500);
                Eventually.holds("it has just sent", () -> {
                    echo(client);
                    return idle(test).toMillis() < 500;
                });
                assertTrue(test.server
                                .connections(1)
                                .connections()
                                .getFirst()
                                .age()
                                .toMillis()
                        >= 500);
            }
        }
    }

    private static void echo(Client client) {
        try {
            client.hearsItsEcho("hello");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration idle(TestServer test) {
        return test.server.connections(1).connections().getFirst().idle();
    }

    @Test
    void manyAreListedInPiecesEachOnceAndTheRestIsCounted() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 1100; i++) { // more than two pieces of each loop
                clients.add(test.connect("a"));
            }
            for (Client client : clients) {
                client.receives("A");
            }
            List<Long> ids = test.server.connections(10_000).connections().stream()
                    .map(ConnectionStatus::id)
                    .toList();
            assertEquals(1100, ids.size());
            assertEquals(ids.stream().sorted().toList(), ids, "the oldest first");
            Set<Long> unique = new HashSet<>(ids);
            assertEquals(1100, unique.size());
            ConnectionList few = test.server.connections(7);
            assertEquals(7, few.connections().size());
            assertEquals(1100, few.open());
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void oneIsClosedByItsNumber() throws IOException {
        try (TestServer test = TestServer.start()) {
            TestProtocol protocol = new TestProtocol("A");
            test.serve("a", protocol, ANY_PORT);
            try (Client other = test.connect("a").receives("A")) {
                long before =
                        test.server.connections(1).connections().getFirst().id();
                try (Client client = test.connect("a").receives("A")) {
                    long id = test.server.connections(2).connections().getLast().id();
                    assertTrue(id > before, "numbers ascend");
                    assertEquals(id, test.server.closeConnection(id).id());
                    client.receivesEnd();
                }
                Eventually.holds("its handler hears of the end", () -> protocol.closed.get() == 1);
                other.hearsItsEcho("hello");
            }
        }
    }

    @Test
    void aNumberThatNoConnectionHasIsTold() throws IOException {
        try (TestServer test = TestServer.start()) {
            String told = assertThrows(IllegalArgumentException.class, () -> test.server.closeConnection(0))
                    .toString();
            assertTrue(told.contains("connection 0 is unknown") && told.contains("pollux connections"), told);
        }
    }

    @Test
    void aLoopThatIsHeldUpIsNamedAndTheOthersAreListed() throws IOException {
        try (TestServer test = TestServer.start(new ServerSettings("auto", 2, Duration.ofSeconds(10), 0))) {
            StuckProtocol stuck = new StuckProtocol(true);
            test.serve("stuck", stuck, ANY_PORT);
            try (Client one = test.connect("stuck").receives("s");
                    Client two = test.connect("stuck").receives("s")) {
                one.send("!");
                Eventually.holds(
                        "the watch sees it",
                        () -> test.server.status().loops().stream()
                                .anyMatch(loop -> loop.heldUp().isPresent()));
                assertTrue(
                        test.server.status().loops().stream()
                                .anyMatch(loop -> loop.heldUpStack().toString().contains("StuckProtocol.stick")),
                        "the status has its stack");
                ConnectionList list = test.server.connections(10);
                assertEquals(1, list.connections().size());
                assertEquals(2, list.open());
                assertTrue(list.silent().getFirst().contains("held up"), list.silent()::toString);
                String told = assertThrows(IllegalStateException.class, () -> test.server.closeConnection(0))
                        .toString();
                assertTrue(told.contains("pollux loops replace"), told);
                two.hearsItsEcho("hello");
            } finally {
                stuck.freed.countDown();
            }
        }
    }

    @Test
    void aLoopDoesNotWaitForTheOthers() throws Exception {
        try (TestServer test = TestServer.start()) {
            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            Protocol asks = new Protocol() {
                @Override
                public ConnectionHandler open(Connection connection) {
                    refused.complete(assertThrows(IllegalStateException.class, () -> test.server.connections(1)));
                    return new TestProtocol("A");
                }
            };
            test.serve("a", asks, ANY_PORT);
            test.connect("a").receives("A").close();
            assertTrue(refused.join().toString().contains("another thread"));
        }
    }
}
