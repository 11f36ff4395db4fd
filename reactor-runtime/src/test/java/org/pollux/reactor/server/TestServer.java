package org.pollux.reactor.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.TestedBackend;

/** A server on two loops, and short words for what is done to it. */
final class TestServer implements AutoCloseable {

    static final String ANY_PORT = "tcp://127.0.0.1:0";

    /** Here a busy machine does not make a loop count as held up, so that another one polls its listeners too. */
    static final ServerSettings SETTINGS =
            new ServerSettings("auto", 2, Duration.ofSeconds(10), 0, Duration.ofMinutes(1));

    private static final AtomicLong IDS = new AtomicLong();

    final PolluxServer server;

    private TestServer(ServerSettings settings, Path home) throws IOException {
        server = new PolluxServer(settings, home, "1.2.3");
        server.start();
    }

    /** A server that has no backend. */
    static TestServer parked() throws IOException {
        return new TestServer(SETTINGS, Path.of("").toAbsolutePath());
    }

    static TestServer start() throws IOException {
        return start(SETTINGS);
    }

    static TestServer start(ServerSettings settings) throws IOException {
        return start(settings, Path.of("").toAbsolutePath());
    }

    static TestServer start(ServerSettings settings, Path home) throws IOException {
        TestServer made = new TestServer(settings, home);
        made.server.offer(TestedBackend.of(new NioBackend()), 0);
        return made;
    }

    static ServerSettings drainingFor(Duration drain) {
        return new ServerSettings("auto", 2, drain, 0);
    }

    static ProtocolOffer service(String name, int ranking, Protocol protocol, Object endpoints) {
        return new ProtocolOffer(
                IDS.incrementAndGet(),
                ranking,
                name,
                Optional.of(protocol),
                Optional.empty(),
                EndpointList.of(endpoints));
    }

    static ProtocolOffer datagrams(String name, DatagramProtocol protocol, Object endpoints) {
        return new ProtocolOffer(
                IDS.incrementAndGet(), 0, name, Optional.empty(), Optional.of(protocol), EndpointList.of(endpoints));
    }

    /** Offers a protocol to the server. */
    ProtocolOffer serve(String name, Protocol protocol, Object endpoints) {
        return serve(service(name, 0, protocol, endpoints));
    }

    ProtocolOffer serve(ProtocolOffer service) {
        server.offer(service);
        return service;
    }

    /** The same service asks for other endpoints. */
    ProtocolOffer change(ProtocolOffer service, Object endpoints) {
        return serve(new ProtocolOffer(
                service.id(),
                service.ranking(),
                service.name(),
                service.streams(),
                service.datagrams(),
                EndpointList.of(endpoints)));
    }

    void withdraw(ProtocolOffer service) {
        server.withdraw(service.id());
    }

    EndpointStatus endpoint(String name) {
        return server.status().endpoints().stream()
                .filter(endpoint -> endpoint.protocol().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no endpoint in " + server.status()));
    }

    boolean has(State state, String name) {
        return server.status().endpoints().stream()
                .anyMatch(endpoint ->
                        endpoint.protocol().equals(name) && endpoint.state().equals(state));
    }

    SocketAddress address(String name) {
        return endpoint(name).local().orElseThrow();
    }

    int port(String name) {
        return ((InetSocketAddress) address(name)).getPort();
    }

    Client connect(String name) throws IOException {
        return Client.connect(address(name));
    }

    @Override
    public void close() {
        server.close();
    }
}
