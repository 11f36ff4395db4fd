package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;

/** One handler does not return, and the others are not hurt. */
@Timeout(60)
class HeldUpLoopTest {

    private static final ServerSettings SOON =
            new ServerSettings("auto", 2, Duration.ofMillis(200), 0, Duration.ofMillis(300));

    private final StuckProtocol guilty = new StuckProtocol(false);
    private TestServer test;

    @BeforeEach
    void serve() throws Exception {
        test = TestServer.start(SOON);
        test.serve("guilty", guilty, ANY_PORT);
        test.serve("other", new TestProtocol("o"), ANY_PORT);
    }

    @AfterEach
    void end() {
        guilty.freed.countDown();
        test.close();
    }

    private List<LoopStatus> heldUp() {
        return test.server.status().loops().stream()
                .filter(loop -> loop.heldUp().isPresent())
                .toList();
    }

    private String number() {
        return heldUp().getFirst().name().substring("pollux-loop-".length());
    }

    private Client holdUp() throws Exception {
        Client client = test.connect("guilty").receives("s").send("!");
        Await.latch("the handler is stuck", guilty.stuck);
        Eventually.holds("the loop counts as held up", () -> heldUp().size() == 1);
        return client;
    }

    /** On every loop that there is: as many at the same time as come to all. */
    private void serves(String name, String greeting) throws Exception {
        for (int i = 0; i < 6; i++) {
            test.connect(name).receives(greeting).send("x").receives("x").close();
        }
    }

    @Test
    void theStatusSaysWhoHoldsUpWhichLoopAndCountsIt() throws Exception {
        try (Client stuck = holdUp()) {
            LoopStatus loop = heldUp().getFirst();
            String text = loop.heldUp().orElseThrow();
            assertTrue(text.contains("guilty at tcp://127.0.0.1:0"), text);
            assertTrue(text.contains(StuckProtocol.class.getName()), text);
            assertEquals(1, loop.timesHeldUp());
            String fault = test.server.status().faults().getFirst();
            assertTrue(fault.contains("pollux loops replace " + number()), fault);

            guilty.freed.countDown();
            stuck.receives("back");
            Eventually.holds("the loop is free again", () -> heldUp().isEmpty());
            assertTrue(test.server.status().loops().stream().anyMatch(one -> one.timesHeldUp() == 1));
        }
    }

    @Test
    void itIsToldAlsoWhenItsBundleCannotBeFound() throws Exception {
        test.server.nameBundles(_ -> {
            throw new IllegalStateException("the framework stops");
        });
        try (Client _ = holdUp()) {
            assertEquals(1, heldUp().getFirst().timesHeldUp());
        }
    }

    @Test
    void newConnectionsOfEveryProtocolAreServedMeanwhile() throws Exception {
        try (Client stuck = holdUp()) {
            serves("other", "o");
            serves("guilty", "s");
            guilty.freed.countDown();
            stuck.receives("back");
            Eventually.holds("the loop is free again", () -> heldUp().isEmpty());
            serves("other", "o");
            serves("guilty", "s");
        }
    }

    @Test
    void aSwapMovesTheOtherLoopsAndTheHeldUpOneFollows() throws Exception {
        test.server.offer(new TestBackend("second"), -1);
        try (Client stuck = holdUp()) {
            var report = test.server.swap("second");
            assertEquals(List.of(heldUp().getFirst().name()), report.late());
            assertEquals(2, report.loops());
            serves("other", "o");
            guilty.freed.countDown();
            stuck.receives("back");
            Eventually.holds(
                    "all loops are with it",
                    () -> test.server.status().loops().stream()
                            .allMatch(loop -> loop.backend().equals("second")));
        }
    }

    @Test
    void theGuiltyProtocolIsWithdrawnWithoutWaitingForIt() throws Exception {
        ProtocolOffer service = test.serve("more", guilty, ANY_PORT);
        try (Client _ = test.connect("more").receives("s").send("!")) {
            Await.latch("the handler is stuck", guilty.stuck);
            long start = System.nanoTime();
            test.withdraw(service);
            long took = System.nanoTime() - start;
            assertTrue(took < Duration.ofSeconds(4).toNanos(), "it took " + Duration.ofNanos(took));
            serves("other", "o");
            guilty.freed.countDown();
            Await.latch("the callback returns", guilty.returned);
        }
    }

    @Test
    void theLogNamesTheConnectionThatIsLostWithItsHandler() throws Exception {
        ProtocolOffer service = test.serve("more", guilty, ANY_PORT);
        try (CapturedLog log = new CapturedLog();
                Client _ = test.connect("more").receives("s").send("!")) {
            Await.latch("the handler is stuck", guilty.stuck);
            test.withdraw(service);
            Eventually.holds(
                    "its connection is named",
                    () -> log.said(
                            "1 connections of more did not end in time and are closed:\n  connection /127.0.0.1:"));
            guilty.freed.countDown();
            Await.latch("the callback returns", guilty.returned);
        }
    }

    @Test
    void aLoopThatIsReplacedGoesOnWithAllButTheStuckConnection() throws Exception {
        try (Client stuck = holdUp();
                Client first = test.connect("other").receives("o");
                Client second = test.connect("other").receives("o")) {
            String number = number();
            LoopReplacement done = test.server.replaceLoop(number);
            assertEquals(LoopReplacement.Outcome.REPLACED, done.outcome());
            assertTrue(done.givenUp().orElseThrow().contains("Connection"));
            stuck.isCut();
            first.send("a").receives("a");
            second.send("b").receives("b");
            assertTrue(heldUp().isEmpty());
            assertTrue(test.server.status().faults().getFirst().contains("was replaced and still runs"));
            serves("other", "o");
            serves("guilty", "s");

            guilty.freed.countDown();
            Await.latch("the callback returns", guilty.returned);
            Eventually.holds("its handler hears of the end", () -> guilty.closed.get() > 0);
            Eventually.holds(
                    "the thread ends", () -> test.server.status().faults().isEmpty());
            serves("other", "o");
            serves("guilty", "s");
        }
    }

    @Test
    void connectionsThatLivedOnTheLoopGoOnWhenItIsReplaced() throws Exception {
        Client[] before = new Client[8];
        for (int i = 0; i < before.length; i++) {
            before[i] = test.connect("other").receives("o");
        }
        try (Client stuck = holdUp()) {
            for (Client client : before) {
                client.send("x");
            }
            test.server.replaceLoop(number());
            for (Client client : before) {
                client.receives("x").send("y").receives("y").close();
            }
            stuck.isCut();
        }
    }

    @Test
    void aThreadThatHeedsItsInterruptionKeepsItsLoop() throws Exception {
        StuckProtocol heeding = new StuckProtocol(true);
        test.serve("heeding", heeding, ANY_PORT);
        try (Client stuck = test.connect("heeding").receives("s").send("!")) {
            Await.latch("the handler is stuck", heeding.stuck);
            Eventually.holds("the loop counts as held up", () -> heldUp().size() == 1);
            assertEquals(
                    LoopReplacement.Outcome.RETURNED,
                    test.server.replaceLoop(number()).outcome());
            stuck.receives("back");
        }
    }

    @Test
    void aLoopThatIsNotHeldUpIsNotReplaced() {
        assertThrows(IllegalStateException.class, () -> test.server.replaceLoop("0"));
        String reason = assertThrows(IllegalArgumentException.class, () -> test.server.replaceLoop("7"))
                .toString();
        assertTrue(reason.contains("0, 1, admin"), reason);
    }

    @Test
    void aStuckTaskTimerAndOpenAreSeenAndReplaced() throws Exception {
        for (String kind : List.of("task", "timer", "open")) {
            StuckProtocol sticky = new StuckProtocol(false);
            test.serve(
                    kind,
                    connection -> {
                        switch (kind) {
                            case "task" -> connection.reactor().execute(sticky::stick);
                            case "timer" -> connection.reactor().after(Duration.ofMillis(1), _ -> sticky.stick());
                            default -> sticky.stick();
                        }
                        return new TestProtocol("t");
                    },
                    ANY_PORT);
            try (Client _ = test.connect(kind)) {
                Await.latch("the " + kind + " is stuck", sticky.stuck);
                Eventually.holds("the loop counts as held up by a " + kind, () -> heldUp().size() == 1);
                assertEquals(
                        LoopReplacement.Outcome.REPLACED,
                        test.server.replaceLoop(number()).outcome(),
                        kind);
                serves("other", "o");
                sticky.freed.countDown();
                Eventually.holds(
                        "the thread ends", () -> test.server.status().faults().isEmpty());
                serves("other", "o");
            }
        }
    }

    @Test
    void aStuckDatagramHandlerIsFollowedByAnother() throws Exception {
        StuckProtocol sticky = new StuckProtocol(false);
        test.serve(TestServer.datagrams(
                "udp",
                port -> (own, data, from) -> {
                    if (data.get(data.position()) == '!') {
                        sticky.stick();
                    } else {
                        own.send(data, from);
                    }
                },
                "udp://127.0.0.1:0"));
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(20_000);
            client.connect(test.address("udp"));
            client.send(new DatagramPacket(new byte[] {'!'}, 1));
            Await.latch("the handler is stuck", sticky.stuck);
            Eventually.holds("the loop counts as held up", () -> heldUp().size() == 1);
            test.server.replaceLoop(number());
            client.send(new DatagramPacket(new byte[] {'a'}, 1));
            DatagramPacket got = new DatagramPacket(new byte[8], 8);
            client.receive(got);
            assertEquals('a', got.getData()[0]);
            sticky.freed.countDown();
        }
    }

    @Test
    void datagramsAreReceivedElsewhereWhileTheirLoopIsHeldUp() throws Exception {
        for (int i = 0; i < 2; i++) { // one of both is on that loop
            test.serve(TestServer.datagrams(
                    "udp" + i, port -> (own, data, from) -> own.send(data, from), "udp://127.0.0.1:0"));
        }
        try (Client stuck = holdUp();
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(20_000);
            for (int i = 0; i < 2; i++) {
                client.send(new DatagramPacket(new byte[] {'a'}, 1, test.address("udp" + i)));
                client.receive(new DatagramPacket(new byte[8], 8));
            }
            guilty.freed.countDown();
            stuck.receives("back");
        }
    }

    @Test
    void aHandlerCanNeitherCloseNorStopNorRunTheServersLoop() throws Exception {
        AtomicReference<Connection> given = new AtomicReference<>();
        CountDownLatch open = new CountDownLatch(1);
        test.serve(
                "curious",
                connection -> {
                    given.set(connection);
                    open.countDown();
                    return (ConnectionHandler) new TestProtocol("c");
                },
                ANY_PORT);
        try (Client client = test.connect("curious").receives("c")) {
            Await.latch("it is open", open);
            var reactor = given.get().reactor();
            String reason =
                    assertThrows(IllegalStateException.class, reactor::close).toString();
            assertTrue(reason.contains("ReactorFactory"), reason);
            assertThrows(IllegalStateException.class, reactor::stop);
            assertThrows(IllegalStateException.class, reactor::run);
            client.send("x").receives("x");
        }
        assertFalse(test.server.status().loops().isEmpty());
    }

    @Test
    void administrationHasALoopThatNothingElseUses() throws Exception {
        TestProtocol shell = new TestProtocol("a");
        test.serve(new ProtocolOffer(
                -7, 0, "shell", Optional.of(shell), Optional.empty(), EndpointList.of(ANY_PORT), true, true));
        StuckProtocol second = new StuckProtocol(false);
        test.serve("second", second, ANY_PORT);
        try (Client one = holdUp();
                Client two = test.connect("second").receives("s").send("!")) {
            Await.latch("the handler is stuck", second.stuck);
            Eventually.holds("both loops are held up", () -> heldUp().size() == 2);
            serves("shell", "a");
            assertTrue(heldUp().stream().noneMatch(loop -> loop.name().endsWith("admin")));
            guilty.freed.countDown();
            second.freed.countDown();
            one.receives("back");
            two.receives("back");
        }
        assertEquals(new NioBackend().name(), test.server.status().backend());
    }
}
