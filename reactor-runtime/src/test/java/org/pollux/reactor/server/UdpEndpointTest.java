package org.pollux.reactor.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tck.seeds.SeededTests;

/** UDP endpoints follow their services, too. */
@Timeout(60)
final class UdpEndpointTest {

    private static final String ANY_PORT = "udp://127.0.0.1:0";

    /** Answers every datagram with its name in front. */
    private static final class Answering implements DatagramProtocol, DatagramHandler {

        private final String name;
        private final AtomicInteger closed = new AtomicInteger();

        Answering(String name) {
            this.name = name;
        }

        @Override
        public DatagramHandler open(DatagramPort port) {
            return this;
        }

        @Override
        public void onDatagram(DatagramPort port, ByteBuffer data, SocketAddress from) {
            port.send(UTF_8.encode(name + UTF_8.decode(data)), from);
        }

        @Override
        public void onClosed(DatagramPort port, @Nullable Throwable cause) {
            closed.incrementAndGet();
        }
    }

    private static void send(DatagramSocket socket, SocketAddress to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.setSoTimeout(20_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void datagramsAreAnswered() throws IOException {
        try (TestServer test = TestServer.start();
                DatagramSocket socket = new DatagramSocket()) {
            test.serve(TestServer.datagrams("a", new Answering("A"), ANY_PORT));
            send(socket, test.address("a"), "hello");
            assertEquals("Ahello", receive(socket));
        }
    }

    @Test
    void theKernelKeepsDatagramsForTheNextVersion() throws IOException {
        try (TestServer test = TestServer.start();
                DatagramSocket socket = new DatagramSocket()) {
            Answering first = new Answering("1");
            ProtocolOffer service = test.serve(TestServer.datagrams("a", first, ANY_PORT));
            SocketAddress address = test.address("a");
            test.withdraw(service);
            assertEquals(State.DRAINING, test.endpoint("a").state());
            send(socket, address, "hello");
            test.serve(TestServer.datagrams("a", new Answering("2"), ANY_PORT));
            assertEquals("2hello", receive(socket));
            assertEquals(1, first.closed.get());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void withoutASuccessorThePortIsClosed() throws IOException {
        try (TestServer test = TestServer.start()) {
            test.withdraw(test.serve(TestServer.datagrams("a", new Answering("A"), ANY_PORT)));
            Eventually.holds(
                    "it is closed", () -> test.server.status().endpoints().isEmpty());
        }
    }

    @Test
    @Tag(SeededTests.ONCE)
    void aProtocolThatFailsIsReportedAndTriedAgain() throws IOException {
        AtomicInteger opens = new AtomicInteger();
        DatagramProtocol failing = port -> {
            if (opens.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return new Answering("A");
        };
        try (TestServer test = TestServer.start();
                DatagramSocket socket = new DatagramSocket()) {
            test.serve(TestServer.datagrams("a", failing, ANY_PORT));
            assertTrue(test.endpoint("a").problem().orElseThrow().contains("not yet"));
            Eventually.holds("it is served", () -> test.has(State.OPEN, "a"));
            send(socket, test.address("a"), "hello");
            assertEquals("Ahello", receive(socket));
        }
    }

    @Test
    void oneServiceMayServeStreamsAndDatagrams() throws IOException {
        try (TestServer test = TestServer.start();
                DatagramSocket socket = new DatagramSocket()) {
            ProtocolOffer streams =
                    TestServer.service("a", 0, new TestProtocol("A"), TestServer.ANY_PORT + "," + ANY_PORT);
            test.serve(new ProtocolOffer(
                    streams.id(), 0, "a", streams.streams(), Optional.of(new Answering("A")), streams.endpoints()));
            assertEquals(2, test.server.status().endpoints().size());
            for (var endpoint : test.server.status().endpoints()) {
                if (endpoint.endpoint().startsWith("udp")) {
                    send(socket, endpoint.local().orElseThrow(), "hello");
                    assertEquals("Ahello", receive(socket));
                } else {
                    Client.connect(endpoint.local().orElseThrow()).receives("A").close();
                }
            }
        }
    }

    /** Two endpoints of one server, of which each would respond to the other for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "[::]"})
    void aDatagramThatComesFromAnotherEndpointOfTheServerIsDropped(String host) throws IOException {
        AtomicInteger seen = new AtomicInteger();
        DatagramProtocol counting = _ -> (port, data, from) -> {
            seen.incrementAndGet();
            port.send(data, from);
        };
        try (TestServer test = TestServer.start();
                DatagramSocket socket = new DatagramSocket()) {
            test.serve(TestServer.datagrams("a", counting, ANY_PORT));
            SocketAddress a = test.address("a");
            test.serve(TestServer.datagrams(
                    "b",
                    port -> {
                        port.send(UTF_8.encode("hello"), a); // as a forged one would, it has the source of b
                        return counting.open(port);
                    },
                    "udp://" + host + ":0"));
            Eventually.holds(
                    "it is counted",
                    () -> test.server.status().limits().stream()
                            .anyMatch(limit -> limit.limit().equals("forged source (dropped)") && limit.times() == 1));
            assertEquals(0, seen.get());
            send(socket, a, "from elsewhere");
            assertEquals("from elsewhere", receive(socket));
        }
    }
}
