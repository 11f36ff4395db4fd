package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.ServerStatus.State;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;

/** What all others have used up is there for administration. */
@Timeout(60)
final class AdministrationTest {

    private static final long ID = 1_000_000;
    private static final int CONNECTION = 1_280; // bytes, as docs/limits.md says

    /** So many may come to a loop before it looks at the sums. */
    private static final int UNSEEN = 64 * 1024 / CONNECTION;

    private static void administer(TestServer test, Protocol protocol) {
        test.serve(new ProtocolOffer(
                ID, 0, "shell", Optional.of(protocol), Optional.empty(), EndpointList.of(ANY_PORT), true, true));
    }

    @Test
    void itDoesNotWaitWhenMaxConnectionsIsMet() throws IOException {
        try (TestServer test = TestServer.start(new ServerSettings("auto", 2, Duration.ofSeconds(1), 1))) {
            administer(test, new TestProtocol("s"));
            TestProtocol protocol = new TestProtocol("A");
            test.serve("a", protocol, ANY_PORT);
            try (Client _ = test.connect("a").receives("A");
                    Client waiting = test.connect("a");
                    Client shell = test.connect("shell").receives("s").hearsItsEcho("status")) {
                assertTrue(test.endpoint("a").problem().isPresent());
                assertEquals(Optional.empty(), test.endpoint("shell").problem());
                assertEquals(1, protocol.opened.get());
                shell.hearsItsEcho("and again");
                test.server.configure(TestServer.SETTINGS);
                waiting.receives("A");
            }
        }
    }

    @Test
    void itDoesNotWaitWhenTheMemoryIsUsedUpAndIsNotCountedForIt() throws IOException {
        ServerSettings little =
                new ServerSettings("auto", 2, Duration.ofSeconds(1), 0, ServerSettings.LEAST_MEMORY, 128 * 1024);
        int most = (int) (ServerSettings.LEAST_MEMORY * 3 / 4 / CONNECTION) + 2 * UNSEEN;
        List<Client> clients = new ArrayList<>();
        try (TestServer test = TestServer.start(little)) {
            administer(test, new TestProtocol("s"));
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client first = test.connect("shell").receives("s")) {
                for (int i = 0; i < most; i++) {
                    clients.add(test.connect("a"));
                }
                Eventually.holds(
                        "the memory is used up",
                        () -> test.server.status().memory().full());
                try (Client second = test.connect("shell").receives("s").hearsItsEcho("status")) {
                    assertTrue(test.endpoint("a").problem().isPresent());
                    assertEquals(Optional.empty(), test.endpoint("shell").problem());
                    first.hearsItsEcho("hello");
                    Eventually.holds("only the others are counted", () -> {
                        long others = test.endpoint("a").connections();
                        return test.server.status().memory().used() == others * CONNECTION;
                    });
                    second.hearsItsEcho("backend");
                }
            } finally {
                for (Client client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void itIsServedWhenTheServerRetiresAndTheOthersAreServedForADelay() throws Exception {
        try (TestServer test = TestServer.start()) {
            administer(test, new TestProtocol("s"));
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            int port = test.port("a");
            Thread end = Thread.ofPlatform().start(() -> test.server.retire(Duration.ofDays(1)));
            Eventually.holds("it is not ready", () -> test.server.status().state() == State.STOPPING);
            try (Client client = test.connect("a").receives("A")) {
                client.hearsItsEcho("the endpoint is open");
                end.interrupt(); // the delay is over
                client.receivesEnd();
            }
            Await.end(end);
            Client.isRefused(port);
            test.serve("late", new TestProtocol("L"), ANY_PORT);
            assertEquals(EndpointStatus.State.WAITING, test.endpoint("late").state());
            try (Client shell = test.connect("shell").receives("s")) {
                shell.hearsItsEcho("status");
                assertEquals(State.STOPPING, test.server.status().state());
            }
        }
    }
}
