package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** Handlers that block, and bodies in both directions at once, on the real runtime. */
@Timeout(60)
class BlockingTest {

    private final RouteRegistry routes = new RouteRegistry();
    private EventLoop loop;
    private Thread thread;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
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

    private void serve(HttpHandler handler) {
        routes.add(handler, Mount.at("/x").methods("*").blocking());
    }

    private HttpResponse<byte[]> send(byte[] body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + address.getPort() + "/x"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /** A client by hand. No read waits for ever: an interrupt, with which a test is timed out, does not end it. */
    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aBodyIsReadAndWrittenAsStreams() throws Exception {
        serve((request, response) -> {
            assertFalse(Thread.currentThread().isVirtual(), "the system shares the processor among platform threads");
            try (InputStream in = request.body().inputStream();
                    OutputStream out = response.stream().outputStream()) {
                in.transferTo(out);
            }
        });
        byte[] large = random(5_000_000);
        assertArrayEquals(large, send(large).body());
        assertEquals(0, send(new byte[0]).body().length);
        assertEquals("abc", new String(send("abc".getBytes(ISO_8859_1)).body(), ISO_8859_1));
    }

    @Test
    void aClientThatDoesNotReadHoldsItsHandlerAndNobodyElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        serve((_, response) -> {
            begun.countDown();
            try (OutputStream out = response.stream(30_000_000).outputStream()) {
                out.write(new byte[30_000_000]);
            }
            ended.complete(true);
        });
        routes.add((_, response) -> response.send("other"), "/other");
        try (Socket slow = connect()) {
            slow.getOutputStream()
                    .write("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            assertTrue(begun.await(40, TimeUnit.SECONDS));
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI uri = URI.create("http://localhost:" + address.getPort() + "/other");
                for (int i = 0; i < 50; i++) {
                    assertEquals(
                            "other",
                            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                                    .body());
                }
            }
            assertFalse(ended.isDone());
            long received = slow.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertTrue(received > 30_000_000);
            assertTrue(ended.get(40, TimeUnit.SECONDS));
        }
    }

    @Test
    void manyMayBlockAtOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(200);
        serve((_, response) -> {
            all.countDown();
            response.send(all.await(40, TimeUnit.SECONDS) ? "all" : "late");
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + address.getPort() + "/x"))
                    .build();
            var answers = new CompletableFuture<?>[200];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenAccept(answer -> assertEquals("all", answer.body()));
            }
            CompletableFuture.allOf(answers).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aLargeBodyIsEchoedOnTheLoopWhileItComes() throws Exception {
        routes.add(Bodies.echo(), Mount.at("/x").methods("*"));
        byte[] large = random(10_000_000);
        assertArrayEquals(large, send(large).body());
    }

    // ---- handlers of the JDK's

    private void serveJdk(com.sun.net.httpserver.HttpHandler handler) {
        serve(org.pollux.http.jdk.JdkAdapter.of(handler));
    }

    @Test
    void aHandlerOfTheJdkIsServed() throws Exception {
        serveJdk(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod() + exchange.getRequestURI());
            exchange.getResponseHeaders().add("Content-Length", "is the server's");
            exchange.getResponseHeaders().add("Proxy-Connection", "keep-alive");
            exchange.sendResponseHeaders(201, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        byte[] some = random(100_000);
        HttpResponse<byte[]> answer = send(some);
        assertArrayEquals(some, answer.body());
        assertEquals(201, answer.statusCode());
        assertEquals("POST/x", answer.headers().firstValue("X-Method").orElseThrow());
    }

    @Test
    void aHandlerOfTheJdkMaySendNoLengthNoBodyOrFail() throws Exception {
        serveJdk(BlockingTest::sendAsTheBodySays);
        assertEquals("chunks", new String(send("0".getBytes(ISO_8859_1)).body(), ISO_8859_1));
        assertEquals(204, send("-1".getBytes(ISO_8859_1)).statusCode());
        assertEquals(500, send("fail".getBytes(ISO_8859_1)).statusCode());
    }

    @Test
    void aTargetThatIsNoUriIsEncodedForTheJdk() throws Exception {
        serveJdk(exchange -> {
            byte[] uri = exchange.getRequestURI().toString().getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(200, uri.length);
            exchange.getResponseBody().write(uri);
        });
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /x?a|b HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.endsWith("\r\n\r\n/x?a%7Cb"), answer);
        }
    }

    private static void sendAsTheBodySays(HttpExchange exchange) throws IOException {
        int length = Integer.parseInt(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
        exchange.sendResponseHeaders(length < 0 ? 204 : 200, length);
        if (length == 0) {
            exchange.getResponseBody().write("chunks".getBytes(ISO_8859_1));
        }
        exchange.close();
    }
}
