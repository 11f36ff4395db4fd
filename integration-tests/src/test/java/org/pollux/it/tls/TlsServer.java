package org.pollux.it.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pollux.echo.EchoHandler;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsInfo;

/** A server with a folder of certificates, whose protocol echoes and remembers. */
final class TlsServer implements AutoCloseable {

    static final String ANY_PORT = "tls://127.0.0.1:0";

    private static final Duration DRAIN = Duration.ofSeconds(5);

    final PolluxServer server;
    final Path folder;
    final Queue<TlsInfo> opened = new ConcurrentLinkedQueue<>();
    final Queue<Optional<Throwable>> ended = new ConcurrentLinkedQueue<>();
    final AtomicInteger toldToEnd = new AtomicInteger();

    private TlsServer(Path home, Backend backend, int loops) throws IOException {
        folder = home.resolve("conf/tls");
        server = new PolluxServer(new ServerSettings("auto", loops, DRAIN, 0), home, "test");
        server.offer(backend, 0);
        server.start();
    }

    static TlsServer with(Path home, TlsEngine engine) throws IOException {
        return with(home, engine, new NioBackend());
    }

    static TlsServer with(Path home, TlsEngine engine, Backend backend) throws IOException {
        TlsServer made = new TlsServer(home, backend, 1);
        made.server.offer(engine, 0);
        return made;
    }

    void limitHandshakes(Duration timeout, int unfinished) {
        server.configure(new TlsSettings("auto", timeout, unfinished, 4, List.of(), Duration.ofHours(1)));
    }

    /** Serves the echo at an endpoint with these options. */
    TlsServer serve(String options, String... alpn) {
        return serve(new Remembered(), options, alpn);
    }

    TlsServer serve(Protocol protocol, String options, String... alpn) {
        return serveAt(ANY_PORT + options, protocol, alpn);
    }

    TlsServer serveAt(String endpoint, Protocol protocol, String... alpn) {
        server.offer(new ProtocolOffer(
                1,
                0,
                "protocol",
                Optional.of(protocol),
                Optional.empty(),
                EndpointList.of(endpoint),
                false,
                false,
                List.of(alpn)));
        return this;
    }

    EndpointStatus endpoint() {
        return server.status().endpoints().getFirst();
    }

    boolean isOpen() {
        return endpoint().state() == EndpointStatus.State.OPEN;
    }

    int port() {
        return ((InetSocketAddress) endpoint().local().orElseThrow()).getPort();
    }

    /** Whether the report that operators read has a row that begins with this, and ends with this number. */
    boolean reports(String row, long number) {
        return server.describeTls().lines().anyMatch(line -> line.matches(row + " +" + number));
    }

    /** Waits, as an operator does who looks again and again. */
    static void await(String what, BooleanSupplier condition) {
        Await.until(what, condition, () -> LockSupport.parkNanos(1_000_000));
    }

    @Override
    public void close() {
        server.close();
    }

    /** The echo, and what happens to its connections. */
    private final class Remembered implements Protocol, ConnectionHandler {

        private final EchoHandler echo = new EchoHandler();

        @Override
        public ConnectionHandler open(Connection connection) {
            opened.add(connection.tls().orElseThrow());
            return this;
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            echo.onData(connection, in);
        }

        @Override
        public void onDrained(Connection connection) {
            echo.onDrained(connection);
        }

        @Override
        public void onShutdown(Connection connection) {
            toldToEnd.incrementAndGet();
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable Throwable cause) {
            ended.add(Optional.ofNullable(cause));
        }
    }
}
