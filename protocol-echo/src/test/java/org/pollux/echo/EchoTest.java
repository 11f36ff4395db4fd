package org.pollux.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.Buffers;
import org.pollux.reactor.runtime.net.StreamOutput;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.TestedBackend;

/** Echo over real sockets. */
@Timeout(60)
final class EchoTest {

    private static final int MANY = 8 * 1024 * 1024;

    @TempDir
    Path home;

    private PolluxServer server;

    /** The last connection that echo was given. */
    private final CompletableFuture<Connection> served = new CompletableFuture<>();

    @BeforeEach
    void start() throws IOException {
        server = new PolluxServer(ServerSettings.DEFAULT, home, "test");
        server.start();
        server.offer(TestedBackend.of(new NioBackend()), 0);
        EchoProtocol echo = new EchoProtocol();
        Protocol watched = connection -> {
            served.complete(connection);
            return echo.open(connection);
        };
        server.offer(new ProtocolOffer(
                1,
                0,
                "echo",
                Optional.of(watched),
                Optional.of(echo),
                EndpointList.of("tcp://127.0.0.1:0, udp://127.0.0.1:0, unix:echo.sock")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SocketAddress address(String scheme) {
        return server.status().endpoints().stream()
                .filter(endpoint -> endpoint.endpoint().startsWith(scheme))
                .findFirst()
                .orElseThrow()
                .local()
                .orElseThrow();
    }

    private SocketChannel connect(String scheme) throws IOException {
        SocketAddress address = address(scheme);
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        channel.connect(address);
        return channel;
    }

    @Test
    void eightMegabytesComeBackOverTcp() throws Exception {
        comesBack("tcp");
    }

    @Test
    void eightMegabytesComeBackOverAUnixDomainSocket() throws Exception {
        comesBack("unix");
    }

    private void comesBack(String scheme) throws Exception {
        byte[] data = new byte[MANY];
        new Random(42).nextBytes(data);
        try (SocketChannel channel = connect(scheme)) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> checksum(channel));
            ByteBuffer left = ByteBuffer.wrap(data);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.shutdownOutput(); // the end comes back behind the last byte
            assertArrayEquals(sha256().digest(data), received.get());
        }
    }

    private static byte[] checksum(SocketChannel channel) {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(100_000);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatagramComesBackWhole() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(20_000);
            byte[] data = "hello".getBytes(UTF_8);
            socket.send(new DatagramPacket(data, data.length, address("udp")));
            DatagramPacket response = new DatagramPacket(new byte[100], 100);
            socket.receive(response);
            assertEquals("hello", new String(response.getData(), 0, response.getLength(), UTF_8));
            assertEquals(address("udp"), response.getSocketAddress());
        }
    }

    /** It is held back by the kernel when its own buffers, ours and the kernel's are full: nothing of ours grows. */
    @Test
    void aPeerThatNeverReadsCannotMakeTheServerGrow() throws Exception {
        try (SocketChannel channel = connect("tcp")) {
            channel.configureBlocking(false);
            ByteBuffer data = ByteBuffer.allocate(64 * 1024);
            long sent = 0;
            long mostPending = 0;
            Connection connection = served.get();
            for (int refusals = 0; refusals < 200; ) {
                int count = channel.write(data.clear());
                sent += count;
                mostPending = Math.max(mostPending, connection.pending());
                if (count == 0) {
                    refusals++;
                    LockSupport.parkNanos(1_000_000); // so long that the server would have read more, if it did
                } else {
                    refusals = 0;
                }
            }
            assertTrue(sent > 64 * 1024, "it was not held back, for it sent " + sent + " bytes only");
            long bound = StreamOutput.HIGH + Buffers.READ; // echo reads on while no more than the high-water mark wait
            assertTrue(mostPending <= bound, "waiting in the server: " + mostPending + " bytes");

            channel.configureBlocking(true);
            channel.shutdownOutput();
            long received = 0;
            for (int count = 0; count >= 0; count = channel.read(data.clear())) {
                received += count;
            }
            assertEquals(sent, received, "when it reads after all, nothing is lost");
        }
    }
}
