package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** Several services ask for one endpoint. */
@Timeout(60)
final class EndpointOwnershipTest {

    private final FreePorts ports = new FreePorts(2);

    EndpointOwnershipTest() throws IOException {}

    private void isServed(int port, String name) throws IOException {
        Client.connect(ports.port(port)).receives(name).close();
    }

    @Test
    void aServiceThatMovesToAnothersEndpointWaitsThoughItIsOlder() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer older = test.serve("older", new TestProtocol("A"), ports.endpoint(0));
            ProtocolOffer owner = test.serve("owner", new TestProtocol("B"), ports.endpoint(1));
            test.change(older, ports.endpoint(1));
            isServed(1, "B");
            assertEquals(State.WAITING, test.endpoint("older").state());
            assertEquals(
                    "owner serves it, with a higher ranking or for longer: choose another endpoint, or wait for its end",
                    test.endpoint("older").problem().orElseThrow());
            test.change(owner, ports.endpoint(0));
            isServed(1, "A");
            isServed(0, "B");
        }
    }

    @Test
    void aServiceThatMovesTakesNothingAwayThoughItRanksHigher() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer higher =
                    test.serve(TestServer.service("higher", 5, new TestProtocol("A"), ports.endpoint(0)));
            test.serve("owner", new TestProtocol("B"), ports.endpoint(1));
            test.change(higher, ports.endpoint(1));
            isServed(1, "B");
            assertEquals(State.WAITING, test.endpoint("higher").state());
        }
    }

    @Test
    void aServiceThatIsReplacedGetsItsEndpointBackThoughAnotherWaits() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer waiting = test.serve("waiting", new TestProtocol("A"), ports.endpoint(0));
            ProtocolOffer owner = test.serve("owner", new TestProtocol("1"), ports.endpoint(1));
            test.change(waiting, ports.endpoint(1));
            test.withdraw(owner);
            assertEquals(State.WAITING, test.endpoint("waiting").state());
            assertTrue(test.endpoint("waiting").problem().orElseThrow().contains("coming back in another version"));
            test.serve("newcomer", new TestProtocol("N"), ports.endpoint(1));
            test.serve("owner", new TestProtocol("2"), ports.endpoint(1));
            isServed(1, "2");
            assertEquals(State.WAITING, test.endpoint("waiting").state());
            assertEquals(State.WAITING, test.endpoint("newcomer").state());
        }
    }

    @Test
    void aServiceThatDoesNotComeBackIsFollowedByTheOneThatWaitedLongest() throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer owner = test.serve("owner", new TestProtocol("1").stubborn(), ports.endpoint(1));
            try (Client old = Client.connect(ports.port(1))) {
                old.receives("1");
                test.serve("waiting", new TestProtocol("A"), ports.endpoint(1));
                test.serve("later", new TestProtocol("B"), ports.endpoint(1));
                test.withdraw(owner);
                try (Client early = Client.connect(ports.port(1))) {
                    early.receives("A"); // though the old connection has not ended
                }
                old.hearsItsEcho("not done yet");
            }
            assertEquals(State.WAITING, test.endpoint("later").state());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://0.0.0.0, tcp://127.0.0.1",
        "tcp://127.0.0.1, tcp://0.0.0.0",
        "tcp://127.0.0.1, tcp://[::]",
        "tcp://[::], tcp://0.0.0.0",
        "tcp://127.0.0.1, tcp://localhost",
        "udp://127.0.0.1, udp://0.0.0.0",
        "udp://127.0.0.1, udp://127.0.0.1"
    })
    void oneEndpointWrittenInTwoWaysIsTheFirstOnes(String first, String second) throws IOException {
        try (TestServer test = TestServer.start()) {
            ProtocolOffer owner = offer(test, "owner", first, 0);
            ProtocolOffer newcomer = offer(test, "newcomer", second, 1);
            String taken = second + ":" + ports.port(0);
            test.change(newcomer, taken);
            assertEquals(State.OPEN, test.endpoint("owner").state());
            assertEquals(State.WAITING, test.endpoint("newcomer").state());
            String problem = test.endpoint("newcomer").problem().orElseThrow();
            assertTrue(problem.startsWith("owner serves "), problem);

            test.withdraw(owner);
            assertEquals(State.WAITING, test.endpoint("newcomer").state(), "its next version may be coming");
            ProtocolOffer next = offer(test, "owner", first, 0);
            assertEquals(State.OPEN, test.endpoint("owner").state());

            test.withdraw(next);
            Eventually.holds("the newcomer is served", () -> test.has(State.OPEN, "newcomer"));
            assertEquals(Optional.empty(), test.endpoint("newcomer").problem());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp://127.0.0.1", "tcp://127.0.0.2"})
    void whatTheSystemKeepsApartIsNoRival(String second) throws IOException {
        try (TestServer test = TestServer.start()) {
            offer(test, "one", "tcp://127.0.0.1", 0);
            offer(test, "other", second, 0);
            assertTrue(test.has(State.OPEN, "one"));
            assertTrue(test.has(State.OPEN, "other"));
            assertFalse(test.has(State.WAITING, "other"));
        }
    }

    private ProtocolOffer offer(TestServer test, String name, String host, int port) {
        String endpoint = host + ":" + ports.port(port);
        return endpoint.startsWith("udp")
                ? test.serve(TestServer.datagrams(name, _ -> (p, data, from) -> {}, endpoint))
                : test.serve(name, new TestProtocol("A"), endpoint);
    }
}
