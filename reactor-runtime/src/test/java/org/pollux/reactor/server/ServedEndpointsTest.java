package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Endpoints follow what the services ask for. */
@Timeout(60)
final class ServedEndpointsTest {

    @Test
    void aServiceIsServedWhenItIsOffered() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client client = test.connect("a")) {
                client.receives("A").hearsItsEcho("hello");
            }
        }
    }

    @Test
    void aServiceMayHaveSeveralEndpoints() throws IOException {
        FreePorts ports = new FreePorts(2);
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ports.endpoint(0) + ", " + ports.endpoint(1));
            Client.connect(ports.port(0)).receives("A").close();
            Client.connect(ports.port(1)).receives("A").close();
        }
    }

    @Test
    void anotherEndpointLeavesTheConnectionsAlone() throws IOException {
        FreePorts ports = new FreePorts(2);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), ports.endpoint(0));
            try (Client old = Client.connect(ports.port(0))) {
                old.receives("A");
                test.change(service, ports.endpoint(1));

                Client.isRefused(ports.port(0));
                old.hearsItsEcho("still here");
                Client.connect(ports.port(1)).receives("A").close();
            }
        }
    }

    @Test
    void aMalformedEndpointLeavesThoseBeforeOpenUntilItIsCorrected() throws IOException {
        FreePorts ports = new FreePorts(2);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), ports.endpoint(0));
            test.change(service, "tcp//banana");
            Client.connect(ports.port(0)).receives("A").close();
            assertTrue(test.server.status().endpoints().stream()
                    .filter(endpoint -> endpoint.endpoint().equals("tcp//banana"))
                    .flatMap(endpoint -> endpoint.problem().stream())
                    .anyMatch(problem -> problem.endsWith(". The endpoints before stay open")));

            test.change(service, ports.endpoint(0) + "?proxy=10.0.0.0/8, tcp//banana");
            assertEquals(2, test.server.status().endpoints().size(), "the same socket with other options");

            test.change(service, ports.endpoint(1));
            Client.isRefused(ports.port(0));
            Client.connect(ports.port(1)).receives("A").close();
        }
    }

    @Test
    void onlyWhatDiffersIsBoundAnew() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), ANY_PORT);
            int port = test.port("a");
            test.change(service, new String[] {ANY_PORT, ports.endpoint(0)});
            assertTrue(test.server.status().endpoints().stream()
                    .anyMatch(endpoint ->
                            endpoint.local().orElseThrow().toString().endsWith(":" + port)));
            test.change(service, ANY_PORT);
            assertEquals(port, test.port("a"));
            assertEquals(1, test.server.status().endpoints().size());
        }
    }

    @Test
    void oneAddressMayReplaceAnotherThatOverlaps() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A"), ports.endpoint(0));
            test.change(service, "tcp://0.0.0.0:" + ports.port(0));
            assertEquals(State.OPEN, test.endpoint("a").state());
            test.change(service, ports.endpoint(0));
            assertEquals(State.OPEN, test.endpoint("a").state());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void aPortInUseIsReportedAndTakenWhenItIsFree() throws IOException {
        try (TestServer test = TestServer.start()) {
            int port;
            try (ServerSocket rival = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = rival.getLocalPort();
                test.serve("a", new TestProtocol("A"), "tcp://127.0.0.1:" + port);
                EndpointStatus status = test.endpoint("a");
                assertEquals(State.FAILED, status.state());
                assertEquals(
                        "port " + port + " is in use by another program: end that one, or choose another port",
                        status.problem().orElseThrow());
            }
            Eventually.holds("the freed port is bound", () -> test.has(State.OPEN, "a"));
            Client.connect(port).receives("A").close();
        }
    }

    @Test
    void whatCannotBeBoundIsExplained() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), "tcp://192.0.2.1:7007");
            assertEquals(
                    "192.0.2.1 is not an address of this machine: choose one that is, or 0.0.0.0 for all",
                    test.endpoint("a").problem().orElseThrow());
            test.serve("b", new TestProtocol("B"), "tcp://no.such.host.invalid:7007");
            assertEquals(
                    "the host no.such.host.invalid is not known: correct the name, or write an address of this machine",
                    test.endpoint("b").problem().orElseThrow());
            test.serve("c", new TestProtocol("C"), "tcp://[fe80::1%25nosuch0]:7007");
            assertEquals(
                    "this machine has no interface nosuch0 with a link-local address: correct its name, or write another"
                            + " address",
                    test.endpoint("c").problem().orElseThrow());
        }
    }

    @Test
    void aMalformedEndpointIsReportedAndTheOthersAreServed() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), "tpc://127.0.0.1:7007, " + ANY_PORT);
            assertTrue(test.has(State.FAILED, "a"));
            assertTrue(test.has(State.OPEN, "a"));
        }
    }

    @Test
    void aServiceWithoutDatagramsCannotServeThem() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), "udp://127.0.0.1:0");
            assertEquals(
                    "the service is no DatagramProtocol, which a udp endpoint needs: remove the endpoint, or offer that"
                            + " interface",
                    test.endpoint("a").problem().orElseThrow());
        }
    }

    @Test
    void twoServicesMayBothAskForAnyPort() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            test.serve("b", new TestProtocol("B"), ANY_PORT);
            test.connect("a").receives("A").close();
            test.connect("b").receives("B").close();
        }
    }

    @Test
    void ofTwoServicesTheFirstServesAndTheOtherWaits() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            test.serve("first", new TestProtocol("A"), ports.endpoint(0));
            test.serve("second", new TestProtocol("B"), ports.endpoint(0));
            Client.connect(ports.port(0)).receives("A").close();
            assertEquals(State.WAITING, test.endpoint("second").state());
            assertEquals(
                    "first serves it, with a higher ranking or for longer: choose another endpoint, or wait for its end",
                    test.endpoint("second").problem().orElseThrow());
        }
    }

    @Test
    void theHigherRankingTakesOverAtOnceAndTheOthersConnectionsStay() throws IOException {
        FreePorts ports = new FreePorts(1);
        try (TestServer test = TestServer.start()) {
            TestProtocol first = new TestProtocol("A");
            test.serve("first", first, ports.endpoint(0));
            try (Client old = Client.connect(ports.port(0))) {
                old.receives("A");
                ProtocolOffer higher =
                        test.serve(TestServer.service("higher", 1, new TestProtocol("B"), ports.endpoint(0)));
                Client.connect(ports.port(0)).receives("B").close();
                old.hearsItsEcho("still here");
                assertEquals(0, first.told.get());

                test.withdraw(higher);
                assertFalse(test.has(State.WAITING, "first"));
                Client.connect(ports.port(0)).receives("A").close();
            }
        }
    }
}
