package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.it.tls.TlsClient.Wishes;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.base.NewCertificate;

/** Several protocols on one tls:// endpoint, chosen by ALPN. */
@ParameterizedClass(name = "{0}")
@MethodSource("engines")
@Timeout(120)
final class SharedEndpointTest {

    private final TlsEngine engine;

    @TempDir
    private Path home;

    private TlsServer test;
    private int port;

    SharedEndpointTest(TlsEndpointTest.Engine engine) {
        this.engine = engine.made();
    }

    static Stream<TlsEndpointTest.Engine> engines() {
        return TlsEndpointTest.engines();
    }

    /** Says its name, and the end when it is told to end. */
    private record Speaker(String name) implements Protocol, ConnectionHandler {

        @Override
        public ConnectionHandler open(Connection connection) {
            connection.write(ByteBuffer.wrap(name.getBytes(US_ASCII)));
            return this;
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            connection.write(in);
        }

        @Override
        public void onShutdown(Connection connection) {
            connection.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        CertificateFile.write(
                home.resolve("conf/tls/localhost.pem"),
                NewCertificate.forHosts("localhost").make());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        test = TlsServer.with(home, engine);
        test.limitHandshakes(Duration.ofMinutes(2), 1000);
        offer(1, "owner", "owner/2", "owner/1");
        offer(2, "guest", "guest/1");
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void offer(long id, String name, String... alpn) {
        offer(id, 0, name, alpn);
    }

    private void offer(long id, int ranking, String name, String... alpn) {
        test.server.offer(new ProtocolOffer(
                id,
                ranking,
                name,
                Optional.of(new Speaker(name)),
                Optional.empty(),
                EndpointList.of("tls://127.0.0.1:" + port),
                false,
                false,
                List.of(alpn)));
    }

    private TlsClient dial(String... alpn) throws IOException {
        return Wishes.NONE.alpn(alpn).connect(port);
    }

    private void assertReaches(String protocol, String... alpn) throws IOException {
        try (TlsClient client = dial(alpn)) {
            client.receives(protocol);
        }
    }

    private Map<String, EndpointStatus> status() {
        return test.server.status().endpoints().stream()
                .collect(Collectors.toMap(EndpointStatus::protocol, endpoint -> endpoint));
    }

    private EndpointStatus status(String protocol) {
        return status().get(protocol);
    }

    @Test
    void eachClientReachesTheProtocolThatItNames() throws IOException {
        assertReaches("guest", "guest/1");
        assertReaches("owner", "owner/1");
        assertReaches("owner", "guest/1", "owner/1"); // the server's order
        assertReaches("guest", "unknown", "guest/1");
        assertReaches("owner");
        SSLException refused = assertThrows(SSLException.class, () -> dial("unknown"));
        assertTrue(refused.toString().contains("no_application_protocol"), refused::toString);
    }

    @Test
    void theStatusShowsBothWithTheirNamesAndConnections() throws IOException {
        try (TlsClient first = dial("guest/1");
                TlsClient second = dial("guest/1");
                TlsClient third = dial()) {
            for (TlsClient client : List.of(first, second)) {
                client.receives("guest");
            }
            third.receives("owner");
            assertEquals(List.of("guest/1"), status("guest").alpn());
            assertEquals(2, status("guest").connections());
            assertEquals(2, status("guest").accepted());
            assertEquals(List.of("owner/2", "owner/1"), status("owner").alpn());
            assertEquals(1, status("owner").connections());
            assertEquals(status("owner").local(), status("guest").local());
        }
        TlsServer.await(
                "all have ended",
                () -> status().values().stream()
                                .mapToInt(EndpointStatus::connections)
                                .sum()
                        == 0);
    }

    @Test
    void oneThatLeavesEndsOnlyItsOwnConnectionsAndItsNameIsRefusedFromThenOn() throws IOException {
        try (TlsClient guest = dial("guest/1");
                TlsClient owner = dial("owner/2")) {
            guest.receives("guest");
            owner.receives("owner");
            test.server.withdraw(2);
            guest.receivesEnd();
            owner.hearsItsEcho("still here");
            assertThrows(SSLException.class, () -> dial("guest/1"));
            offer(3, "guest", "guest/1");
            assertReaches("guest", "guest/1");
        }
    }

    @Test
    void theNextOneHasTheEndpointWhenTheOwnerLeaves() throws IOException {
        test.server.withdraw(1);
        TlsServer.await(
                "the guest has it",
                () -> status().size() == 1 && status("guest").state() == State.OPEN);
        assertReaches("guest");
        assertReaches("guest", "guest/1");
        assertThrows(SSLException.class, () -> dial("owner/1"));
    }

    /** Its drain would end them in the middle of the handshake. */
    @Test
    void handshakesOfAnOwnerThatLeavesReachTheNextOne() throws IOException {
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket second = new Socket(InetAddress.getLoopbackAddress(), port)) {
            TlsServer.await("both are accepted", () -> status("owner").connections() == 2);
            offer(3, 1, "higher", "owner/1");
            test.server.withdraw(1, () -> false);
            try (TlsClient named = Wishes.NONE.alpn("owner/1").over(first);
                    TlsClient nameless = Wishes.NONE.over(second)) {
                for (TlsClient client : List.of(named, nameless)) {
                    client.receives("higher").hearsItsEcho("not cut");
                }
            }
        }
    }

    @Test
    void aHandshakeOfAnOwnerThatIsReplacedReachesItsNextVersion() throws IOException {
        try (Socket begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
            TlsServer.await("it is accepted", () -> status("owner").connections() == 1);
            test.server.withdraw(1, () -> true);
            offer(3, 0, "owner", "owner/1");
            TlsServer.await("it is counted for it", () -> status("owner").connections() == 1);
            try (TlsClient client = Wishes.NONE.alpn("owner/1").over(begun)) {
                client.receives("owner").hearsItsEcho("not cut");
            }
        }
    }

    /** The next version of the owner must not take what a guest has. */
    @Test
    void aHandshakeThatChoosesAGuestWhileTheOwnerIsReplacedIsTheGuests() throws IOException {
        try (Socket begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
            TlsServer.await("it is accepted", () -> status("owner").connections() == 1);
            test.server.withdraw(1, () -> true);
            try (TlsClient client = Wishes.NONE.alpn("guest/1").over(begun)) {
                client.receives("guest");
                offer(4, "owner", "owner/2", "owner/1");
                client.hearsItsEcho("still the guest's");
                assertEquals(1, status("guest").connections());
            }
        }
    }

    @Test
    void aNameThatIsTakenOrNoneWaits() throws IOException {
        offer(3, "second", "guest/1", "guest/2");
        offer(4, "nameless");
        for (String waiting : List.of("second", "nameless")) {
            assertEquals(State.WAITING, status(waiting).state());
            String problem = status(waiting).problem().orElseThrow();
            assertTrue(problem.contains("names for ALPN that no other one there has"), problem);
        }
        offer(3, "second", "guest/2");
        assertReaches("second", "guest/2");
        assertReaches("owner");
    }
}
