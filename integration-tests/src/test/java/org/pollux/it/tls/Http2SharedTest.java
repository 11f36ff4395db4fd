package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.Proxies;
import org.pollux.http.client.Url;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.client.websocket.ReactorWebSocketClient;
import org.pollux.http.client.websocket.WebSocketRequest;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/** What shares HTTP/2 connections of the client, and what an update of the protocol does to them, on both engines. */
@Timeout(120)
final class Http2SharedTest {

    @TempDir
    private Path home;

    private final CertifiedKey authority = NewCertificate.authority("Trial").make();
    private final Routes routes = new Routes();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** What each connection of the server has negotiated. */
    private final Queue<String> connections = new ConcurrentLinkedQueue<>();

    private EventLoop loop;

    /** Made when a test begins to serve. */
    @SuppressWarnings("NullAway.Init")
    private TlsServer server;

    @BeforeEach
    void run() throws IOException {
        loop = new EventLoop(new NioBackend());
        open.push(loop);
        Thread.ofPlatform().daemon().start(loop::runUntilStopped);
        HttpHandler greets = (request, response) -> greet(request, response);
        routes.add(greets, "/socket");
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

    private int serve(TlsEngine engine) throws IOException {
        CertificateFile.write(
                home.resolve("conf/tls/a.pem"),
                NewCertificate.forHosts("localhost", "127.0.0.1")
                        .signedBy(authority)
                        .make());
        server = TlsServer.with(home, engine).serve(http(), "", "h2", "http/1.1");
        open.push(server);
        TlsServer.await("the endpoint is open", server::isOpen);
        return server.port();
    }

    private Protocol http() {
        Protocol http = new HttpProtocol(routes, HttpSettings.defaults());
        return connection -> {
            connections.add(connection.tls().orElseThrow().alpn());
            return http.open(connection);
        };
    }

    private TlsClientContext context(TlsEngine engine, TlsClientSettings settings) {
        TlsClientContext context = engine.client(settings.withTrust(Trust.in(List.of(authority.certificate()))));
        open.push(context);
        return context;
    }

    private ReactorHttpClient client(TlsEngine engine, ClientSettings settings) {
        TlsClientContext context = context(engine, ReactorHttpClient.TLS);
        ReactorHttpClient client = new ReactorHttpClient(loop, settings, () -> context);
        open.push(client);
        return client;
    }

    private ReactorWebSocketClient webSockets(TlsEngine engine, ReactorHttpClient http) {
        TlsClientContext context = context(engine, ReactorWebSocketClient.TLS);
        ReactorWebSocketClient client = new ReactorWebSocketClient(http, () -> context);
        open.push(client);
        return client;
    }

    // ---- WebSocket

    /** The server's side of a WebSocket, written by hand: it accepts, and sends a text and a close. */
    private static void greet(Request request, Response response) throws NoSuchAlgorithmException {
        Optional<String> key = request.headers().first("Sec-WebSocket-Key");
        if (key.isPresent()) {
            byte[] octets = (key.get() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
            response.header(
                    "Sec-WebSocket-Accept",
                    Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-1").digest(octets)));
        }
        ResponseStream stream = response.upgrade("websocket");
        stream.write(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o', (byte) 0x88, 2, 3, (byte) 0xE8});
        stream.close();
    }

    private static String greeting(ReactorWebSocketClient client, int port) throws Exception {
        StringBuilder heard = new StringBuilder();
        CompletableFuture<String> closed = new CompletableFuture<>();
        client.connect(WebSocketRequest.of("wss://localhost:" + port + "/socket"), new WebSocketListener() {
                    @Override
                    public void onText(WebSocket socket, String text) {
                        heard.append(text);
                    }

                    @Override
                    public void onClosed(WebSocket socket, int code, String reason) {
                        closed.complete(heard + " " + code);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        return closed.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aWebSocketUsesAnHttp2ConnectionThatIsOpenAndOtherwiseHttp1(TlsEngine engine) throws Exception {
        int port = serve(engine);
        ReactorHttpClient http = client(engine, ClientSettings.defaults());
        ReactorWebSocketClient client = webSockets(engine, http);
        assertEquals("hello 1000", greeting(client, port));
        assertEquals(List.of("http/1.1"), List.copyOf(connections));
        HttpRequest request = HttpRequest.get("https://localhost:" + port + "/");
        assertEquals(
                404, http.send(request, 1000).get(30, TimeUnit.SECONDS).head().status());
        assertEquals("hello 1000", greeting(client, port));
        assertEquals("hello 1000", greeting(client, port));
        assertEquals(List.of("http/1.1", "h2"), List.copyOf(connections));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aWebSocketOverTlsPassesAProxy(TlsEngine engine) throws Exception {
        int port = serve(engine);
        TunnelProxy proxy = new TunnelProxy();
        open.push(proxy);
        ReactorHttpClient http = client(
                engine, ClientSettings.defaults().withProxies(Proxies.all(HttpProxy.parse(proxy.url()), List.of())));
        ReactorWebSocketClient client = webSockets(engine, http);
        assertEquals("hello 1000", greeting(client, port));
        assertEquals(List.of("CONNECT localhost:" + port + " HTTP/1.1"), List.copyOf(proxy.asked));
    }

    // ---- an update

    /** Each POST was handled once: those that GOAWAY leaves unseen are sent again, on a new connection. */
    @ParameterizedTest
    @MethodSource("engines")
    void noRequestIsLostWhenTheProtocolIsReplaced(TlsEngine engine) throws Exception {
        AtomicInteger handled = new AtomicInteger();
        HttpHandler counts = (request, response) -> request.body().readAll(1000, body -> {
            handled.incrementAndGet();
            response.send(body);
        });
        routes.add(counts, Mount.at("/count").methods("POST"));
        int port = serve(engine);
        ReactorHttpClient client = client(engine, ClientSettings.defaults());
        HttpRequest request = HttpRequest.of("POST", Url.parse("https://localhost:" + port + "/count"))
                .body(new byte[500]);
        List<CompletableFuture<HttpResponse>> sent = new ArrayList<>();
        for (int version = 2; version <= 5; version++) {
            for (int i = 0; i < 100; i++) {
                sent.add(client.send(request, 1000));
            }
            sent.get(sent.size() - 90).get(30, TimeUnit.SECONDS); // some are under way
            replace(version);
        }
        for (CompletableFuture<HttpResponse> one : sent) {
            HttpResponse response = one.get(30, TimeUnit.SECONDS);
            assertEquals(200, response.head().status());
            assertEquals("HTTP/2", response.head().version());
        }
        assertEquals(sent.size(), handled.get());
    }

    /** As an update of its bundle does. */
    private void replace(int version) {
        server.server.withdraw(version - 1, () -> true);
        server.server.offer(new ProtocolOffer(
                version,
                0,
                "protocol",
                Optional.of(http()),
                Optional.empty(),
                EndpointList.of(TlsServer.ANY_PORT),
                false,
                false,
                List.of("h2", "http/1.1")));
    }
}
