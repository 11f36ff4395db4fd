package org.pollux.reactor.server.succession;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;

/**
 * A process with its server, as far as a succession sees it: two of them are in one JVM here. Its protocol greets with a letter, and
 * echoes datagrams with that letter before.
 */
final class House implements Household, AutoCloseable {

    static final String TCP = "tcp://127.0.0.1:0";
    static final Duration DEADLINE = Duration.ofSeconds(30);

    /** A predecessor of these tests ends at once when it may. */
    static final Patience PATIENCE = new Patience(DEADLINE, DEADLINE, Duration.ZERO);

    private static final AtomicLong IDS = new AtomicLong();

    final PolluxServer server;
    private final Path home;
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private boolean closed;
    private volatile boolean faulty;
    private AutoCloseable role = () -> {};

    private House(Path home) throws IOException {
        this.home = home;
        server = new PolluxServer(new ServerSettings("auto", 2, Duration.ofSeconds(5), 0), home, "1");
        server.offer(new NioBackend(), 0);
    }

    /** A server that serves, and can be taken over. */
    static House serving(Path home, String letter, Object... endpoints) throws IOException {
        return serving(home, PATIENCE, letter, endpoints);
    }

    static House serving(Path home, Patience patience, String letter, Object... endpoints) throws IOException {
        House house = new House(home);
        house.serve(letter, endpoints);
        house.server.start();
        house.role = Entrance.open(house.server, house, house.door(), patience);
        return house;
    }

    /** A server that starts beside the one of the home; it has asked for the sockets. */
    static House following(Path home, String letter, Object... endpoints) throws IOException {
        House house = new House(home);
        house.server.rest();
        Successor successor = Successor.connect(house.server, house, "2", house.door());
        house.role = successor::stop;
        try {
            successor.ask();
        } catch (IOException e) {
            house.server.close();
            throw e;
        }
        house.serve(letter, endpoints);
        house.server.start();
        Thread.ofPlatform().daemon().start(() -> {
            if (successor.converse()) {
                house.admit();
            }
        });
        return house;
    }

    private synchronized void admit() {
        if (closed) {
            return;
        }
        try {
            role = Entrance.open(server, this, door(), PATIENCE);
            news.add("open");
        } catch (IOException e) {
            news.add(e.toString());
        }
    }

    Path door() {
        return home.resolve("run/upgrade.sock");
    }

    private void serve(String letter, Object... endpoints) {
        for (Object endpoint : endpoints) {
            server.offer(new ProtocolOffer(
                    IDS.incrementAndGet(),
                    0,
                    "protocol of " + endpoint,
                    Optional.of(_ -> new Greeter(letter)),
                    Optional.of(_ -> echo(letter)),
                    EndpointList.of(endpoint)));
        }
    }

    private static DatagramHandler echo(String letter) {
        return (port, data, from) -> port.send(UTF_8.encode(letter + UTF_8.decode(data)), from);
    }

    private record Greeter(String letter) implements ConnectionHandler {

        @Override
        public void onOpen(Connection connection) {
            connection.write(UTF_8.encode(letter));
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            connection.write(in);
        }
    }

    /** What this process is told next. */
    String hears() throws InterruptedException {
        String heard = news.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        return heard == null ? "nothing" : heard;
    }

    SocketAddress address(String endpoint) {
        return status(endpoint).local().orElseThrow();
    }

    EndpointStatus status(String endpoint) {
        return server.status().endpoints().stream()
                .filter(status -> status.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    /** Who serves an address now. */
    static String asked(SocketAddress address) throws IOException {
        try (SocketChannel client = SocketChannel.open(address)) {
            return greeting(client);
        }
    }

    static String greeting(SocketChannel client) throws IOException {
        ByteBuffer letter = ByteBuffer.allocate(1);
        return client.read(letter) < 0 ? "end" : UTF_8.decode(letter.flip()).toString();
    }

    /** The response to a datagram. */
    static String sent(DatagramSocket client, SocketAddress to, String text) throws IOException {
        byte[] data = text.getBytes(UTF_8);
        client.setSoTimeout((int) DEADLINE.toMillis());
        client.send(new DatagramPacket(data, data.length, (InetSocketAddress) to));
        DatagramPacket response = new DatagramPacket(new byte[64], 64);
        client.receive(response);
        return new String(response.getData(), 0, response.getLength(), UTF_8);
    }

    @Override
    public void leftTo(int pid) {
        if (faulty) {
            throw new IllegalStateException("a fault of this test");
        }
        news.add("left");
    }

    @Override
    public void tookBack() {
        news.add("back");
    }

    @Override
    public void mayEnd(int successor) {
        news.add("end");
    }

    @Override
    public void serves() {
        news.add("serves");
    }

    @Override
    public void failed(String reason) {
        news.add("failed: " + reason);
    }

    @Override
    public void alone() {
        news.add("alone");
    }

    /** From now on it cannot note that it has left. */
    void becomeFaulty() {
        faulty = true;
    }

    /** As its process does when it may. */
    void end() throws IOException {
        close();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try {
            role.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
        server.close();
    }

    /** What it was told, and nobody has heard. */
    List<String> unheard() {
        return List.copyOf(news);
    }
}
