package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;

/** No client has more connections than an address may have, over all endpoints, and none is counted when it is gone. */
@Timeout(60)
final class ConnectionsPerAddressTest {

    private static final int MOST = 4;

    @TempDir
    private Path home;

    private final CapturedLog log = new CapturedLog();
    private final TestProtocol protocol = new TestProtocol("A");
    private TestServer test;

    private static ServerSettings most(int perAddress) {
        return new ServerSettings(
                "auto",
                2,
                Duration.ofSeconds(1),
                0,
                perAddress,
                ServerSettings.DEFAULT.memory(),
                ServerSettings.DEFAULT.sendBuffer(),
                Duration.ofMillis(300));
    }

    @BeforeEach
    void serve() throws IOException {
        test = TestServer.start(most(MOST), home);
        test.serve("a", protocol, ANY_PORT);
    }

    @AfterEach
    void end() {
        test.close();
        log.close();
    }

    private List<Client> connect(int count) throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(test.connect("a").receives("A"));
            }
            return clients;
        } catch (IOException reset) {
            close(clients);
            throw reset;
        }
    }

    private static void close(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
        clients.clear();
    }

    /** A reset may be seen by the connect already. An orderly end would be no exception. */
    private void isReset(String name) {
        assertThrows(IOException.class, () -> {
            try (Client client = test.connect(name)) {
                client.receives("A");
            }
        });
    }

    private int open() {
        return test.server.status().endpoints().stream()
                .mapToInt(endpoint -> endpoint.connections())
                .sum();
    }

    /** That as many as are allowed find a place, and no more: nothing that is gone is counted, and nothing that is there is not. */
    private void countsNothing() throws IOException {
        Eventually.holds("all have ended", () -> open() == 0);
        List<Client> clients = connect(MOST);
        isReset("a");
        close(clients);
    }

    // ---- whom it holds for

    @Test
    void oneMoreIsResetAndCountedAndTheOthersGoOn() throws IOException {
        List<Client> clients = connect(MOST);
        isReset("a");
        isReset("a");
        assertEquals(
                List.of(new LimitStatus("connectionsPerAddress (reset)", 2, "org.pollux.reactor-runtime")),
                test.server.status().limits());
        assertEquals(MOST, test.endpoint("a").accepted());
        assertEquals(MOST, protocol.opened.get());
        assertEquals(Optional.empty(), test.endpoint("a").problem());
        log.says("Connections of 127.0.0.1: 4, as many as connectionsPerAddress of pollux.runtime allows.");
        for (Client client : clients) {
            client.hearsItsEcho("hello");
        }
        clients.removeLast().close();
        Eventually.holds("one has ended", () -> open() == MOST - 1);
        clients.addAll(connect(1));
        close(clients);
    }

    @Test
    void allProtocolsAndEndpointsCountTogether() throws IOException {
        test.serve("b", new TestProtocol("B"), List.of(ANY_PORT));
        try (Client _ = test.connect("b").receives("B");
                Client _ = test.connect("b").receives("B")) {
            List<Client> clients = connect(MOST - 2);
            isReset("a");
            isReset("b");
            close(clients);
        }
        countsNothing();
    }

    @Test
    void administrationAndUnixDomainPeersAreNotLimited() throws IOException {
        test.serve(new ProtocolOffer(
                1_000_000,
                0,
                "shell",
                Optional.of(new TestProtocol("s")),
                Optional.empty(),
                EndpointList.of(ANY_PORT),
                true,
                true));
        test.serve("unix", new TestProtocol("u"), "unix:" + home.resolve("s"));
        List<Client> clients = connect(MOST);
        for (int i = 0; i < MOST + 1; i++) {
            clients.add(test.connect("shell").receives("s"));
            clients.add(test.connect("unix").receives("u"));
        }
        close(clients);
        countsNothing();
    }

    @Test
    void aChangeHoldsAtOnceAndKnowsWhoIsThere() throws IOException {
        test.server.configure(most(0));
        List<Client> clients = connect(3 * MOST);
        test.server.configure(most(-1));
        clients.addAll(connect(1)); // loopback addresses have no limit
        test.server.configure(most(MOST));
        isReset("a");
        for (Client client : clients) {
            client.hearsItsEcho("still here");
        }
        close(clients);
        countsNothing();
    }

    // ---- the count does not drift

    @Test
    void everyEndOfAConnectionIsCounted() throws IOException {
        ConnectionHandler aborts = (connection, in) -> {
            in.position(in.limit());
            connection.abort();
        };
        ConnectionHandler fails = new ConnectionHandler() {
            @Override
            public void onData(Connection connection, ByteBuffer in) {
                throw new IllegalStateException("made to fail");
            }

            @Override
            public void onClosed(Connection connection, @Nullable Throwable cause) {
                throw new IllegalStateException("made to fail");
            }
        };
        test.serve("aborts", _ -> aborts, ANY_PORT);
        test.serve("fails", _ -> fails, ANY_PORT);
        test.serve(
                "opens not",
                _ -> {
                    throw new IllegalStateException("made to fail");
                },
                ANY_PORT);
        for (int i = 0; i < 2 * MOST; i++) {
            try (Client aborted = test.connect("aborts").send("x");
                    Client failed = test.connect("fails").send("x");
                    Client unopened = test.connect("opens not")) {
                aborted.isCut();
                failed.isCut();
                unopened.isCut();
            }
            Eventually.holds("all have ended", () -> open() == 0);
        }
        countsNothing();
    }

    @Test
    void aProtocolThatGoesAwayTakesItsConnectionsOffTheCount() throws IOException {
        ProtocolOffer stubborn = test.serve("b", new TestProtocol("B").stubborn(), ANY_PORT);
        try (Client first = test.connect("b").receives("B");
                Client second = test.connect("b").receives("B")) {
            test.withdraw(stubborn); // its connections are cut off after the drain time
            first.isCut();
            second.isCut();
        }
        Eventually.holds("their places are free", this::allPlacesAreFree);
    }

    private boolean allPlacesAreFree() {
        try {
            close(connect(MOST));
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    @Test
    void aLoopThatIsReplacedAndASwapLoseNoCount() throws Exception {
        StuckProtocol stuck = new StuckProtocol(false);
        test.serve("stuck", stuck, ANY_PORT);
        try (Client lost = test.connect("stuck").receives("s").send("!")) {
            Await.latch("the handler is stuck", stuck.stuck);
            Eventually.holds("the loop counts as held up", () -> heldUp().isPresent());
            assertEquals(
                    LoopReplacement.Outcome.REPLACED,
                    test.server.replaceLoop(heldUp().orElseThrow()).outcome());
            lost.isCut();
        }
        countsNothing();
        stuck.freed.countDown();
        Eventually.holds("its handler hears of the end", () -> stuck.closed.get() == 1);
        List<Client> clients = connect(MOST);
        test.server.offer(new TestBackend("second"), -1);
        test.server.swap("second");
        isReset("a");
        close(clients);
        countsNothing();
    }

    private Optional<String> heldUp() {
        return test.server.status().loops().stream()
                .filter(loop -> loop.heldUp().isPresent())
                .map(loop -> loop.name().substring("pollux-loop-".length()))
                .findFirst();
    }

    @Test
    void clientsThatComeAtTheSameTimeNeverHaveMore() throws Exception {
        for (int i = 0; i < 3; i++) {
            test.serve("e" + i, protocol, ANY_PORT); // on several loops
        }
        AtomicInteger served = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String endpoint = "e" + i % 3;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int turn = 0; turn < 100; turn++) {
                    try (Client client = test.connect(endpoint)) {
                        client.receives("A");
                        served.incrementAndGet();
                        most.accumulateAndGet(protocol.opened.get() - protocol.closed.get(), Math::max);
                    } catch (IOException reset) {
                        // too many were there
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        assertEquals(protocol.opened.get(), served.get(), "who was let in was served");
        assertTrue(served.get() > 0);
        assertTrue(most.get() <= MOST, most + " were open at a time");
        countsNothing();
    }
}
