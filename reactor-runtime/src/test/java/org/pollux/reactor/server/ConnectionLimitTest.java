package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.admin.LimitStatus;

/** No more connections than are wanted. */
@Timeout(60)
final class ConnectionLimitTest {

    private static ServerSettings atMost(int connections) {
        return new ServerSettings("auto", 2, Duration.ofSeconds(1), connections);
    }

    @Test
    void beyondTheBoundConnectionsWaitUntilSomeHaveEnded() throws IOException {
        try (TestServer test = TestServer.start(atMost(32))) {
            TestProtocol protocol = new TestProtocol("A");
            test.serve("a", protocol, ANY_PORT);
            Deque<Client> clients = connect(test, 32);
            for (Client client : clients) {
                client.receives("A");
            }
            try (Client waiting = test.connect("a")) {
                assertEquals(
                        List.of(new LimitStatus("maxConnections (new ones wait)", 1, "org.pollux.reactor-runtime")),
                        test.server.status().limits());
                assertEquals(
                        "the server is full: new connections wait until some of the 32 have ended; see maxConnections of"
                                + " pollux.runtime",
                        test.endpoint("a").problem().orElseThrow());
                end(clients.pop(), protocol, 1);
                assertEquals(32, protocol.opened.get(), "one place is not enough to go on");
                end(clients.pop(), protocol, 2);
                waiting.receives("A").hearsItsEcho("hello");
                assertEquals(33, protocol.opened.get());
            }
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theBoundMayBeTakenAway() throws IOException {
        try (TestServer test = TestServer.start(atMost(1))) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client first = test.connect("a").receives("A");
                    Client second = test.connect("a")) {
                test.server.configure(atMost(0));
                second.receives("A");
                first.hearsItsEcho("hello");
            }
        }
    }

    @Test
    void aNewBoundHoldsAtOnce() throws IOException {
        try (TestServer test = TestServer.start(atMost(0))) {
            TestProtocol protocol = new TestProtocol("A");
            test.serve("a", protocol, ANY_PORT);
            Deque<Client> clients = connect(test, 3);
            for (Client client : clients) {
                client.receives("A");
            }
            test.server.configure(atMost(2));
            try (Client waiting = test.connect("a")) {
                end(clients.pop(), protocol, 1);
                end(clients.pop(), protocol, 2);
                waiting.receives("A");
            }
            clients.pop().close();
        }
    }

    private static Deque<Client> connect(TestServer test, int count) throws IOException {
        Deque<Client> clients = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            clients.push(test.connect("a"));
        }
        return clients;
    }

    private static void end(Client client, TestProtocol protocol, int total) throws IOException {
        client.close();
        Eventually.holds(total + " have ended", () -> protocol.closed.get() == total);
    }
}
