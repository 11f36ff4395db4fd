package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.spi.Backend;
import org.pollux.samples.backend.PollBackend;

/**
 * What the runtime asks of a backend when a callback does not return: a listener in two pollers on two threads (P3), and a poller
 * that another thread closes (P14, P28). A new backend is added to the list.
 */
@ParameterizedClass
@MethodSource("backends")
@Timeout(60)
class HeldUpBackendsTest {

    private static final ServerSettings SETTINGS =
            new ServerSettings("auto", 2, Duration.ofMillis(200), 0, Duration.ofMillis(300));

    private final Backend backend;
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch freed = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private PolluxServer server;
    private long offers;

    HeldUpBackendsTest(Backend backend) {
        this.backend = backend;
    }

    static Stream<Backend> backends() {
        return Stream.of(new NioBackend(), new LibeventBackend(), new PollBackend(), Rings.ring());
    }

    /** Echoes, and does not return when it gets "!" until it is freed, interrupted or not. */
    private final class Sticking implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            if (in.get(in.position()) == '!') {
                stuck.countDown();
                awaitFreedom();
            }
            connection.write(in);
        }
    }

    private void awaitFreedom() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (freed.getCount() > 0 && System.nanoTime() - deadline < 0) {
            try {
                boolean _ = freed.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                // it does not return for that
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new PolluxServer(SETTINGS, Path.of("").toAbsolutePath(), "1.2.3");
        server.start();
        server.offer(backend, 0);
        for (String name : List.of("one", "two")) { // a listener on each loop
            offer(name, "tcp://127.0.0.1:0");
        }
    }

    private void offer(String name, String endpoint) {
        server.offer(new ProtocolOffer(
                ++offers,
                0,
                name,
                Optional.of(connection -> new Sticking()),
                Optional.of(port -> (own, data, from) -> own.send(data, from)),
                EndpointList.of(endpoint)));
    }

    @AfterEach
    void close() throws IOException {
        freed.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private SocketAddress address(String name) {
        return server.status().endpoints().stream()
                .filter(endpoint -> endpoint.protocol().equals(name))
                .findFirst()
                .orElseThrow()
                .local()
                .orElseThrow();
    }

    private Socket connect(String name) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(address(name));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void echoes(Socket socket, char letter) throws IOException {
        socket.getOutputStream().write(letter);
        assertEquals(letter, socket.getInputStream().read());
    }

    /** New connections, as many as come to every loop, at both listeners. */
    private void serves() throws IOException {
        for (String name : List.of("one", "two")) {
            for (int i = 0; i < 4; i++) {
                echoes(connect(name), 'a');
            }
        }
    }

    private LoopStatus holdUp() throws Exception {
        connect("one").getOutputStream().write('!');
        assertTrue(stuck.await(40, TimeUnit.SECONDS), "the callback is entered");
        Pollux.eventually(() -> assertEquals(1, heldUp().size()));
        return heldUp().getFirst();
    }

    private List<LoopStatus> heldUp() {
        return server.status().loops().stream()
                .filter(loop -> loop.heldUp().isPresent())
                .toList();
    }

    @Test
    void itsListenersArePolledByAnotherLoopMeanwhile() throws Exception {
        holdUp();
        serves();
        freed.countDown();
        Pollux.eventually(() -> assertEquals(List.of(), heldUp()));
        serves();
    }

    @Test
    void itsDatagramsAreReceivedByAnotherLoopMeanwhile() throws Exception {
        offer("udp one", "udp://127.0.0.1:0");
        offer("udp two", "udp://127.0.0.1:0");
        holdUp();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(20_000);
            for (String name : List.of("udp one", "udp two")) {
                InetSocketAddress port = (InetSocketAddress) address(name);
                client.send(new DatagramPacket(new byte[] {'a'}, 1, port));
                client.receive(new DatagramPacket(new byte[8], 8));
            }
        }
    }

    @Test
    void theLoopGoesOnWithAnotherThreadAndAnotherPoller() throws Exception {
        List<Socket> before = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            before.add(connect("two"));
            echoes(before.getLast(), 'a');
        }
        String number = holdUp().name().substring("pollux-loop-".length());
        for (Socket socket : before) {
            socket.getOutputStream().write('b');
        }
        LoopReplacement done = server.replaceLoop(number);
        assertEquals(LoopReplacement.Outcome.REPLACED, done.outcome());
        for (Socket socket : before) {
            assertEquals('b', socket.getInputStream().read());
            echoes(socket, 'c');
        }
        serves();
        freed.countDown();
        Pollux.eventually(() -> assertEquals(List.of(), server.status().faults()));
        serves();
    }
}
