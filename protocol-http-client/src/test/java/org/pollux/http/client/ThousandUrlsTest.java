package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** Many at once, over real sockets and two threads, on each backend and while it is exchanged. */
final class ThousandUrlsTest {

    private static final int COUNT = 1000;

    /** The body of a URL: its number decides on length, content and framing. */
    private static byte[] body(int number) {
        byte[] bytes = new byte[number * 37 % 30_011];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** Responds to {@code GET /NUMBER}, one request after another: by length, in chunks, or until the end of the connection. */
    private static final class Responder implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            String text = ISO_8859_1.decode(in.duplicate()).toString();
            for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
                int number = Integer.parseInt(text.substring("GET /".length(), text.indexOf(' ', 5)));
                in.position(in.position() + end + 4);
                text = text.substring(end + 4);
                response(connection, number);
            }
        }

        private static void response(Connection connection, int number) {
            byte[] body = body(number);
            switch (number % 3) {
                case 0 -> {
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
                    connection.write(ByteBuffer.wrap(body));
                }
                case 1 -> {
                    write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int from = 0; from < body.length; from += 1000) {
                        int length = Math.min(1000, body.length - from);
                        write(connection, Integer.toHexString(length) + "\r\n");
                        connection.write(ByteBuffer.wrap(body, from, length));
                        write(connection, "\r\n");
                    }
                    write(connection, "0\r\n\r\n");
                }
                default -> {
                    write(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                    connection.write(ByteBuffer.wrap(body));
                    connection.close();
                }
            }
        }

        private static void write(Connection connection, String text) {
            connection.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
        }
    }

    private static void run(EventLoop loop) {
        Thread.ofPlatform().start(loop::run);
    }

    /** Fetches all, and compares every byte. */
    private static void fetch(EventLoop loop) throws Exception {
        try (EventLoop server = new EventLoop(TestedBackend.of(new NioBackend()))) {
            InetSocketAddress address = (InetSocketAddress)
                    server.listen(TurnedReactor.anyPort(), _ -> new Responder()).local();
            run(server);
            loop.every(java.time.Duration.ofDays(1), _ -> {});
            run(loop);
            try (ReactorHttpClient client = new ReactorHttpClient(loop)) {
                List<CompletableFuture<HttpResponse>> all = new ArrayList<>();
                for (int i = 0; i < COUNT; i++) {
                    all.add(client.send(HttpRequest.get("http://127.0.0.1:" + address.getPort() + "/" + i), 100_000));
                }
                for (int i = 0; i < COUNT; i++) {
                    HttpResponse response = all.get(i).get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
                    assertEquals(200, response.status());
                    assertArrayEquals(body(i), response.body());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {NioBackend.class, LibeventBackend.class})
    void allAreFetchedByteForByte(Class<? extends Backend> backend) throws Exception {
        try (EventLoop loop = new EventLoop(backend.getConstructor().newInstance())) {
            fetch(loop);
        }
    }

    @Test
    void allAreFetchedWhileTheBackendIsExchanged() throws Exception {
        Backend[] backends = {TestedBackend.of(new NioBackend()), TestedBackend.of(new LibeventBackend())};
        AtomicInteger swaps = new AtomicInteger();
        try (EventLoop loop = new EventLoop(backends[0])) {
            loop.every(java.time.Duration.ofMillis(2), _ -> {
                try {
                    loop.moveTo(backends[swaps.incrementAndGet() % 2]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            fetch(loop);
        }
        assertTrue(swaps.get() > 5, () -> "only " + swaps + " swaps");
    }
}
