package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.http.HttpHandler;
import org.pollux.http.ResponseStream;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpRequestBody;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.Url;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.client.websocket.ReactorWebSocketClient;
import org.pollux.http.client.websocket.WebSocketRequest;
import org.pollux.http.filters.GzipFilter;
import org.pollux.http.filters.GzipSettings;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/** The HTTP client by https, against the own server in the same process, on both engines. */
@Timeout(120)
final class HttpsClientTest {

    private static final byte[] LONG = new byte[1_000_000];

    static {
        new Random(1).nextBytes(LONG);
    }

    @TempDir
    private Path home;

    private final CertifiedKey authority = NewCertificate.authority("Trial").make();
    private final Routes routes = new Routes();

    /** What each connection of the server has negotiated. */
    private final Queue<TlsInfo> connections = new ConcurrentLinkedQueue<>();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private EventLoop loop;

    @BeforeEach
    void run() throws IOException {
        loop = new EventLoop(new NioBackend());
        open.push(loop);
        Thread.ofPlatform().daemon().start(loop::runUntilStopped);
        HttpHandler says = (_, response) -> response.send("secret");
        routes.add(says, "/");
        HttpHandler much = (_, response) -> response.send(LONG);
        routes.add(much, "/long");
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    static Stream<TlsEngine> engines() {
        return Stream.of(new JsseEngine(), new OpenSslEngine());
    }

    private int serve(TlsEngine engine, CertifiedKey certificate) throws IOException {
        Path own = Files.createTempDirectory(home, "server");
        CertificateFile.write(own.resolve("conf/tls/a.pem"), certificate);
        Protocol http = new HttpProtocol(routes, HttpSettings.defaults());
        Protocol recorded = connection -> {
            connections.add(connection.tls().orElseThrow());
            return http.open(connection);
        };
        TlsServer server = TlsServer.with(own, engine).serve(recorded, "", "h2", "http/1.1");
        open.push(server);
        TlsServer.await("the endpoint is open", server::isOpen);
        return server.port();
    }

    private NewCertificate good() {
        return NewCertificate.forHosts("localhost", "127.0.0.1").signedBy(authority);
    }

    private TlsClientContext context(TlsEngine engine, X509Certificate trusted) {
        TlsClientContext context = engine.client(ReactorHttpClient.TLS.withTrust(Trust.in(List.of(trusted))));
        open.push(context);
        return context;
    }

    private ReactorHttpClient client(TlsClientContext context) {
        ReactorHttpClient client = new ReactorHttpClient(loop, ClientSettings.defaults(), () -> context);
        open.push(client);
        return client;
    }

    private ReactorHttpClient client(TlsEngine engine) {
        return client(context(engine, authority.certificate()));
    }

    private static HttpResponse get(ReactorHttpClient client, String url) throws Exception {
        return client.send(HttpRequest.get(url), 2_000_000).get(30, TimeUnit.SECONDS);
    }

    private static HttpFailure failure(ReactorHttpClient client, String url) {
        return assertInstanceOf(
                HttpFailure.class,
                assertThrows(ExecutionException.class, () -> get(client, url)).getCause());
    }

    private static void assertFails(ReactorHttpClient client, int port, TlsException.Reason reason, String words) {
        HttpFailure failure = failure(client, "https://localhost:" + port + "/");
        assertEquals(Reason.TLS, failure.reason(), failure::getMessage);
        TlsException cause = assertInstanceOf(TlsException.class, failure.getCause());
        assertEquals(reason, cause.reason(), cause::getMessage);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(words) && message.contains("localhost:" + port), message);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aServerIsAskedByNameAndByAddressAndItsConnectionIsKept(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        ReactorHttpClient client = client(engine);
        for (String host : List.of("localhost", "127.0.0.1")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "secret",
                        get(client, "https://" + host + ":" + port + "/").text());
            }
        }
        assertEquals(2, connections.size());
        TlsInfo first = connections.element();
        assertEquals("localhost", first.serverName());
        assertEquals("h2", first.alpn());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void manyLongBodiesComeWhole(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        ReactorHttpClient client = client(engine);
        List<CompletableFuture<HttpResponse>> responses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            responses.add(client.send(HttpRequest.get("https://localhost:" + port + "/long"), 2_000_000));
        }
        for (var response : responses) {
            assertArrayEquals(LONG, response.get(30, TimeUnit.SECONDS).body());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aLaterConnectionResumesTheSession(TlsEngine engine) throws Exception {
        String url = "https://localhost:" + serve(engine, good().make()) + "/";
        TlsClientContext context = context(engine, authority.certificate());
        get(client(context), url);
        get(client(context), url);
        assertEquals(
                List.of(false, true), connections.stream().map(TlsInfo::resumed).toList());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void httpAndHttpsOfOneHostAndPortHaveConnectionsOfTheirOwn(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        ReactorHttpClient client = client(engine);
        assertEquals("secret", get(client, "https://127.0.0.1:" + port + "/").text());
        HttpFailure plain = failure(client, "http://127.0.0.1:" + port + "/");
        assertTrue(List.of(Reason.NOT_HTTP, Reason.NO_RESPONSE).contains(plain.reason()), plain::getMessage);
        assertEquals(1, connections.size());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aCertificateThatIsNotAcceptedIsRefusedWithTheReason(TlsEngine engine) throws Exception {
        CertifiedKey alone = NewCertificate.forHosts("localhost").make();
        ReactorHttpClient client = client(engine);
        assertFails(
                client, serve(engine, alone), TlsException.Reason.SELF_SIGNED, " is self-signed, and is not trusted");
        CertifiedKey other = NewCertificate.authority("Other").make();
        CertifiedKey unknown =
                NewCertificate.forHosts("localhost").signedBy(other).make();
        assertFails(client, serve(engine, unknown), TlsException.Reason.UNTRUSTED, " has an unknown issuer");
        CertifiedKey elsewhere =
                NewCertificate.forHosts("example.org").signedBy(authority).make();
        assertFails(
                client,
                serve(engine, elsewhere),
                TlsException.Reason.WRONG_NAME,
                " is for another host, and not for localhost");
        Instant now = Instant.now();
        CertifiedKey expired = good().valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))
                .make();
        assertFails(client, serveByJdk(expired, ""), TlsException.Reason.EXPIRED, " has expired");
        assertTrue(connections.isEmpty(), "no request is sent to a server that is not trusted");
        ReactorHttpClient trusting = client(context(engine, alone.certificate()));
        assertEquals(
                "secret",
                get(trusting, "https://localhost:" + serve(engine, alone) + "/").text());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aBodyThatIsTruncatedIsNoBody(TlsEngine engine) throws Exception {
        int port = serveByJdk(good().make(), "HTTP/1.1 200 OK\r\n\r\nhalf");
        HttpFailure failure = failure(client(engine), "https://localhost:" + port + "/");
        assertEquals(Reason.SHORT_BODY, failure.reason());
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("body ended early: 4 bytes had come: "),
                failure::getMessage);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatIsLostAfterTheHandshakeIsNotBlamedOnIt(TlsEngine engine) throws Exception {
        int broken = serveByJdk(
                good().make(), "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf", "\27\3\3\0\60" + "x".repeat(48));
        HttpFailure failure = failure(client(engine), "https://localhost:" + broken + "/");
        assertEquals(Reason.TLS, failure.reason());
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("body ended early: 4 of 20 bytes had come: the connection was lost ("),
                failure::getMessage);
        HttpFailure silent = failure(client(engine), "https://localhost:" + serveByJdk(good().make(), "") + "/");
        assertEquals(Reason.NO_RESPONSE, silent.reason());
        assertEquals("the connection was closed without close_notify before a response came", silent.getMessage());
    }

    private int serveByJdk(CertifiedKey certificate, String response) throws IOException {
        return serveByJdk(certificate, response, "");
    }

    private int serveByJdk(CertifiedKey certificate, String response, String plain) throws IOException {
        JdkServer server = new JdkServer(certificate, response, plain);
        open.push(server);
        return server.port();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aHandshakeThatFailsIsToldWithTheReason(TlsEngine engine) throws Exception {
        ReactorHttpClient client = client(engine);
        assertFails(client, saying("\25\3\3\0\2\2\106"), TlsException.Reason.VERSION, "TLS that are too old");
        assertFails(client, saying("\25\3\3\0\2\2\120"), TlsException.Reason.ALERT, "the TLS handshake with ");
        assertFails(
                client,
                saying("HTTP/1.1 400 Bad\r\n\r\n"),
                TlsException.Reason.NOT_TLS,
                " does not speak TLS; use http://");
        assertFails(client, saying(""), TlsException.Reason.TRUNCATED, " was truncated");
    }

    /** The port of a server that responds to the client's hello with these bytes, and ends. */
    private int saying(String bytes) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.push(listener);
        Thread.ofPlatform().daemon().start(() -> {
            try (Socket socket = listener.accept()) {
                byte[] header = socket.getInputStream().readNBytes(5);
                socket.getInputStream().readNBytes((header[3] & 0xFF) << 8 | (header[4] & 0xFF));
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException _) {
                // the test has ended, or the client
            }
        });
        return listener.getLocalPort();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aRedirectLeavesHttpsOnlyWhenThatWasAskedFor(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        HttpHandler leads = (_, response) ->
                response.status(302).header("Location", "http://127.0.0.1:1/").send("");
        routes.add(leads, "/plain");
        String url = "https://localhost:" + port + "/plain";
        HttpFailure refused = failure(client(engine), url);
        assertEquals(Reason.REDIRECT, refused.reason());
        assertEquals("redirected from https to http://127.0.0.1:1/, which is not encrypted", refused.getMessage());
        TlsClientContext context = context(engine, authority.certificate());
        try (ReactorHttpClient asking =
                new ReactorHttpClient(loop, ClientSettings.defaults().withPlainRedirects(), () -> context)) {
            assertEquals(Reason.CONNECT, failure(asking, url).reason());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aContextThatWasClosedIsToldAndNothingIsSent(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        TlsClientContext context = engine.client(ReactorHttpClient.TLS);
        context.close();
        try (ReactorHttpClient client = new ReactorHttpClient(loop, ClientSettings.defaults(), () -> context)) {
            HttpFailure failure = failure(client, "https://localhost:" + port + "/");
            assertEquals(Reason.CONNECT, failure.reason());
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("no TLS with localhost: The context is closed"),
                    failure::getMessage);
        }
        assertTrue(connections.isEmpty());
    }

    // ---- bodies and WebSocket

    @ParameterizedTest
    @MethodSource("engines")
    void aStreamIsSentByHttp2(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        HttpHandler back = (request, response) -> request.body().readAll(2_000_000, body -> response.send(body));
        routes.add(back, Mount.at("/back").methods("POST"));
        HttpRequest request = HttpRequest.of("POST", Url.parse("https://localhost:" + port + "/back"))
                .body(HttpRequestBody.from(new ByteArrayInputStream(LONG)));
        HttpResponse response = client(engine).send(request, 2_000_000).get(30, TimeUnit.SECONDS);
        assertEquals("HTTP/2", response.head().version());
        assertArrayEquals(LONG, response.body());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aResponseIsCompressedByHttp2(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        HttpHandler text =
                (_, response) -> response.header("Content-Type", "text/plain").send("a".repeat(100_000));
        routes.add(text, "/text");
        routes.add(new GzipFilter(GzipSettings.defaults()), Mount.at("/*"));
        HttpRequest request =
                HttpRequest.get("https://localhost:" + port + "/text").header("Accept-Encoding", "gzip");
        HttpResponse response = client(engine).send(request, 10_000).get(30, TimeUnit.SECONDS);
        assertEquals("HTTP/2", response.head().version());
        assertEquals("gzip", response.head().headers().first("Content-Encoding").orElse(""));
        byte[] inflated = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertEquals("a".repeat(100_000), new String(inflated, ISO_8859_1));
    }

    /** The server's side is written by hand: a handler that accepts, and sends a text and a close. */
    @ParameterizedTest
    @MethodSource("engines")
    void aWebSocketIsOpenedByTls(TlsEngine engine) throws Exception {
        int port = serve(engine, good().make());
        HttpHandler hello = (request, response) -> {
            byte[] key = (request.headers().first("Sec-WebSocket-Key").orElse("")
                            + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .getBytes(ISO_8859_1);
            response.header(
                    "Sec-WebSocket-Accept",
                    Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-1").digest(key)));
            ResponseStream stream = response.upgrade("websocket");
            stream.write(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o', (byte) 0x88, 2, 3, (byte) 0xE8});
            stream.close();
        };
        routes.add(hello, "/socket");
        TlsClientContext context =
                engine.client(ReactorWebSocketClient.TLS.withTrust(Trust.in(List.of(authority.certificate()))));
        open.push(context);
        CompletableFuture<String> heard = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        ReactorWebSocketClient client = new ReactorWebSocketClient(loop, ClientSettings.defaults(), () -> context);
        open.push(client);
        client.connect(WebSocketRequest.of("wss://localhost:" + port + "/socket"), new WebSocketListener() {
                    @Override
                    public void onText(WebSocket socket, String text) {
                        heard.complete(text);
                    }

                    @Override
                    public void onClosed(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        assertEquals("hello", heard.get(30, TimeUnit.SECONDS));
        assertEquals(1000, closed.get(30, TimeUnit.SECONDS));
        assertEquals("http/1.1", connections.element().alpn());
    }
}
