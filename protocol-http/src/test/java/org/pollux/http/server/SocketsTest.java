package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** The server on the real runtime, with real sockets. */
@Timeout(60)
class SocketsTest {

    private static final byte[] LARGE = new byte[1_000_000];

    static {
        Arrays.fill(LARGE, (byte) 'x');
    }

    private final RouteRegistry routes = new RouteRegistry();
    private EventLoop loop;
    private Thread thread;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        routes.add((request, response) -> response.send("Hello, World!"), "/plaintext");
        routes.add((request, response) -> response.send(LARGE), "/large");
        routes.add(
                (request, response) -> Thread.startVirtualThread(
                        () -> response.header("X-Path", request.path()).send("late")),
                "/late");
        loop = new EventLoop(TestedBackend.of(new NioBackend()));
        WireChooser protocol = new WireChooser(routes, HttpSettings.defaults());
        address = (InetSocketAddress) loop.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), protocol)
                .local();
        thread = Thread.ofPlatform().start(loop::run);
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.close();
        thread.join(10_000);
    }

    @Test
    void aRealClientIsServed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals("200 Hello, World!", get(client, "/plaintext"));
            assertEquals("200 late", get(client, "/late"));
            assertEquals("404 404 Not Found\n", get(client, "/nothing"));
            assertEquals("200 " + new String(LARGE, ISO_8859_1), get(client, "/large"));
        }
    }

    private String get(HttpClient client, String path) throws Exception {
        URI uri = URI.create("http://localhost:" + address.getPort() + path);
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(ISO_8859_1));
        return response.statusCode() + " " + response.body();
    }

    @Test
    void manyConnectionsAndLateResponsesAtOnce() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + address.getPort() + "/late"))
                    .build();
            var answers = IntStream.range(0, 500)
                    .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            for (var answer : answers) {
                assertEquals("late", answer.get().body());
                assertEquals(
                        "/late", answer.get().headers().firstValue("X-Path").orElseThrow());
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderThoughSomeAreLate() throws Exception {
        try (Socket socket = connect()) {
            String pair = request("GET", "/late") + request("GET", "/plaintext");
            Thread.startVirtualThread(() -> send(socket, pair.repeat(2000) + closing("/plaintext")));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            String bodies = answers.replaceAll("(?s)HTTP/1\\.1 .*?\r\n\r\n", "|");
            assertEquals("|late|Hello, World!".repeat(2000) + "|Hello, World!", bodies);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyAndGetsAllInTheEnd() throws Exception {
        try (Socket slow = connect()) {
            int count = 100;
            Thread.startVirtualThread(() -> send(slow, request("GET", "/large").repeat(count - 1) + closing("/large")));
            for (int i = 0; i < 100; i++) {
                try (Socket other = connect()) {
                    send(other, closing("/plaintext"));
                    assertTrue(new String(other.getInputStream().readAllBytes(), ISO_8859_1).endsWith("Hello, World!"));
                }
            }
            long received = 0;
            byte[] buffer = new byte[64 * 1024];
            for (int n = slow.getInputStream().read(buffer);
                    n >= 0;
                    n = slow.getInputStream().read(buffer)) {
                received += n;
            }
            assertTrue(received > (long) count * LARGE.length && received < (long) count * (LARGE.length + 200));
        }
    }

    @Test
    void aRefusalArrivesThoughTheClientGoesOnSending() throws Exception {
        try (Socket socket = connect()) {
            send(socket, request("GET", "/plaintext") + "GET / HTTP/1.1\nHost: h\n\n" + "x".repeat(1_000_000));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answers.contains("Hello, World!HTTP/1.1 400 Bad Request\r\n"), answers);
            assertTrue(answers.endsWith("Connection: close\r\n\r\n400 Bad Request\n"), answers);
        }
    }

    @Test
    void aClientThatHasSaidAllIsAnswered() throws Exception {
        try (Socket socket = connect()) {
            send(socket, request("GET", "/late"));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.endsWith("\r\n\r\nlate"), answer);
        }
    }

    @Test
    void bytesThatComeOneByOneAreServed() throws Exception {
        try (Socket socket = connect()) {
            for (char c : closing("/plaintext").toCharArray()) {
                send(socket, String.valueOf(c));
            }
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.endsWith("Connection: close\r\n\r\nHello, World!"), answer);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String request(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String closing(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
