package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.testkit.Await;

/** Backends are exchanged below connections that do not notice, or not exchanged at all. */
@Timeout(60)
final class SwapTest {

    private final TestBackend one = new TestBackend("one");
    private final TestBackend two = new TestBackend("two");

    private TestServer start() throws IOException {
        TestServer test = TestServer.parked();
        test.server.offer(one, 0);
        return test;
    }

    @Test
    void connectionsGoOnFromSwapToSwap() throws IOException {
        try (TestServer test = start()) {
            test.server.offer(two, -1);
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            List<Client> clients = connect(test, 20);
            for (int i = 0; i < 50; i++) {
                for (Client client : clients) {
                    client.send("hello " + i);
                }
                test.server.swap(i % 2 == 0 ? "two" : "one");
                for (Client client : clients) {
                    client.receives("hello " + i);
                }
                test.connect("a").receives("A").close();
            }
            close(clients);
        }
    }

    @Test
    void whatIsSentToParkedLoopsIsAnsweredWhenABackendComes() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            List<Client> clients = connect(test, 4);
            test.server.withdraw(one);
            assertEquals(0, one.pollers.get(), "when withdraw returns, no loop is with the backend");
            assertEquals("none", test.server.status().backend());

            for (Client client : clients) {
                client.send("is anybody there?");
            }
            try (Client late = test.connect("a")) {
                late.send("I have just come");
                test.server.offer(two, 0);
                for (Client client : clients) {
                    client.receives("is anybody there?");
                }
                late.receives("A").receives("I have just come");
            }
            close(clients);
        }
    }

    @Test
    void whenOpenFailsTheOldOneGoesOn() throws IOException {
        failsWith(() -> two.opens.set(1)); // the second loop gets none
    }

    @Test
    void whenAddFailsTheOldOneGoesOn() throws IOException {
        failsWith(() -> two.adds.set(5)); // in the middle of the sources
    }

    private void failsWith(Runnable fault) throws IOException {
        try (TestServer test = start()) {
            test.server.offer(two, -1);
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            List<Client> clients = connect(test, 8);
            fault.run();
            String reason = assertThrows(IllegalStateException.class, () -> test.server.swap("two"))
                    .getMessage();
            assertTrue(
                    String.valueOf(reason).startsWith("two cannot take over, and one still polls: pollux-loop-"),
                    reason);
            assertTrue(String.valueOf(reason).contains("No room for another one"), reason);

            assertEquals("one", test.server.status().backend());
            test.server.status().loops().forEach(loop -> assertEquals("one", loop.backend()));
            assertEquals(3, one.pollers.get());
            assertEquals(0, two.pollers.get());
            for (Client client : clients) {
                client.hearsItsEcho("still here");
            }
            close(clients);
        }
    }

    @Test
    void aBackendThatGoesWhileItsSuccessorFailsLeavesParkedLoops() throws IOException {
        try (TestServer test = start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client client = test.connect("a").receives("A")) {
                test.server.offer(two, 0);
                two.opens.set(0);
                test.server.withdraw(one);
                assertEquals(0, one.pollers.get());
                assertEquals("none", test.server.status().backend());

                client.send("hello");
                two.opens.set(Integer.MAX_VALUE);
                client.receives("hello");
            }
        }
    }

    @Test
    void aHandlerCannotWaitForASwapOfItsOwnLoop() throws IOException {
        try (TestServer test = start()) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            ConnectionHandler asking = (connection, in) -> {
                in.position(in.limit());
                try {
                    test.server.swap("one");
                } catch (IllegalStateException e) {
                    answer.complete(String.valueOf(e.getMessage()));
                }
            };
            test.serve("a", _ -> asking, ANY_PORT);
            try (Client client = test.connect("a")) {
                client.send("swap!");
                assertEquals(
                        "The thread of an event loop cannot wait for a change of the loops: ask on another thread",
                        answer.orTimeout(40, TimeUnit.SECONDS).join());
            }
        }
    }

    @Test
    void aReactorThatRunsFollows() throws IOException, InterruptedException {
        try (TestServer test = start();
                Reactor reactor = test.server.open()) {
            test.server.offer(two, -1);
            Thread runner = Thread.ofPlatform().start(() -> {
                var _ = reactor.every(Duration.ofHours(1), _ -> {});
                reactor.run();
            });
            assertEquals("one", reactor.backend());
            test.server.swap("two");
            Eventually.holds("it has followed", () -> reactor.backend().equals("two"));
            test.server.withdraw(two);
            assertEquals(0, two.pollers.get(), "when withdraw returns, no reactor that runs is with the backend");
            reactor.stop();
            Await.end(runner);
        }
    }

    @Test
    void aReactorThatNobodyRunsFollowsWhenItIsRun() throws IOException {
        try (TestServer test = start();
                Reactor reactor = test.server.open()) {
            test.server.offer(two, 1);
            assertEquals("one", reactor.backend(), "only its owner knows that nobody is inside it");
            reactor.run();
            assertEquals("two", reactor.backend());
        }
    }

    private static List<Client> connect(TestServer test, int count) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(test.connect("a").receives("A"));
        }
        return clients;
    }

    private static void close(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }
}
