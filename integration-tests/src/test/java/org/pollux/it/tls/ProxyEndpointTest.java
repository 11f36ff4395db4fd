package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.it.tls.TlsClient.Wishes;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;
import org.pollux.reactor.tls.openssl.OpenSslEngine;

/** HTTP behind a proxy that tells its clients by the PROXY protocol, with TLS above it and without. */
@ParameterizedClass(name = "{0}")
@MethodSource("engines")
@Timeout(120)
final class ProxyEndpointTest {

    private static final String HEADER = "PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n";
    private static final String REQUEST = "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String BEHIND = "?proxy=10.0.0.0/8,127.0.0.0/8";

    /** The type of TLS's first record. */
    private static final int HANDSHAKE = 0x16;

    private final TlsServer test;
    private final HttpProtocol http;

    ProxyEndpointTest(TlsEngine engine, @TempDir Path home) throws IOException {
        CertificateFile.write(
                home.resolve("conf/tls/a.pem"),
                NewCertificate.forHosts("localhost").make());
        Routes routes = new Routes();
        HttpHandler who = (request, response) ->
                response.send(request.scheme() + " " + request.remote().toString());
        routes.add(who, "/who");
        http = new HttpProtocol(routes, HttpSettings.defaults());
        test = TlsServer.with(home, engine);
    }

    static Stream<Named<TlsEngine>> engines() {
        return Stream.of(Named.of("openssl", new OpenSslEngine()), Named.of("jsse", new JsseEngine()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Socket connect(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), test.port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
        return socket;
    }

    private String response(String sent) throws IOException {
        try (Socket socket = connect(sent)) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void httpSeesTheClientsAddress() throws IOException {
        test.serveAt("tcp://127.0.0.1:0" + BEHIND, http);
        assertTrue(response(HEADER + REQUEST).endsWith("\r\n\r\nhttp /192.0.2.1:50000"));
        assertEquals("", response(REQUEST), "a proxy without a header is not served");
        assertTrue(test.server.status().limits().stream()
                .anyMatch(limit -> limit.limit().equals("handshake (failed)") && limit.times() == 1));
    }

    @Test
    void httpSeesTheClientsAddressUnderTls() throws IOException {
        test.serve(http, BEHIND, "http/1.1");
        try (TlsClient client = Wishes.NONE.alpn("http/1.1").over(connect(HEADER))) {
            assertTrue(client.send(REQUEST).receivesAll().endsWith("\r\n\r\nhttps /192.0.2.1:50000"));
        }
        try (Socket socket = connect("")) {
            assertThrows(IOException.class, () -> Wishes.NONE.over(socket));
        }
    }

    @Test
    void theHelloOfTlsMayComeWithTheHeader() throws Exception {
        test.serve(http, BEHIND, "http/1.1");
        SSLEngine client = SSLContext.getDefault().createSSLEngine();
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        try (Socket socket = connect(HEADER + ISO_8859_1.decode(hello.flip()))) {
            assertEquals(HANDSHAKE, socket.getInputStream().read());
        }
    }

    @Test
    void aPeerOutsideTheNetworksIsServedWithoutAHeader() throws IOException {
        test.serveAt("tcp://127.0.0.1:0?proxy=10.0.0.0/8", http);
        assertTrue(response(REQUEST).contains("\r\n\r\nhttp /127.0.0.1:"));
        assertTrue(response(HEADER + REQUEST).startsWith("HTTP/1.1 400 "));
    }

    /** What HAProxy sends with {@code send-proxy-v2-ssl} for a client by TLS without a certificate. */
    private static final String BY_TLS = "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u0014" // 20 bytes follow
            + "\u00C0\0\u0002\u0001\u00C6\u0033\u0064\u0002\u00C3\u0050\u0001\u00BB" // 192.0.2.1, 198.51.100.2, ports
            + "\u0020\0\u0005\u0001\0\0\0\0";

    @Test
    void theSchemeIsThatOfTheClientOfAProxyThatTellsIt() throws IOException {
        test.serveAt("tcp://127.0.0.1:0" + BEHIND, http);
        assertTrue(response(BY_TLS + REQUEST).endsWith("\r\n\r\nhttps /192.0.2.1:50000"));
    }

    @Test
    void aUnixEndpointCanBeBehindAProxy(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("p.sock");
        test.serveAt("unix:" + file + "?mode=660&proxy=unix", http);
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            socket.write(ByteBuffer.wrap((HEADER + REQUEST).getBytes(ISO_8859_1)));
            String response = new String(Channels.newInputStream(socket).readAllBytes(), ISO_8859_1);
            assertTrue(response.endsWith("\r\n\r\nhttp /192.0.2.1:50000"), response);
        }
    }

    /** Passes each connection on, with what it knows of its client. */
    private record Front(SocketAddress server) implements Protocol {

        @Override
        public ConnectionHandler open(Connection client) {
            Connection behind = client.reactor()
                    .connect(
                            server,
                            new To(client),
                            ConnectOptions.DEFAULTS.withRelay(ConnectOptions.Relay.of(
                                    client.remote(),
                                    client.local(),
                                    client.tls().orElse(null))));
            return new To(behind);
        }
    }

    private record To(Connection other) implements ConnectionHandler {

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            other.write(in);
        }

        @Override
        public void onInputClosed(Connection connection) {
            other.close();
        }
    }

    @Test
    void aPolluxBeforeAPolluxTellsItsClients() throws IOException {
        test.serveAt("tcp://127.0.0.1:0" + BEHIND, http);
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), test.port());
        test.server.offer(new ProtocolOffer(
                2,
                0,
                "the front",
                Optional.of(new Front(server)),
                Optional.empty(),
                EndpointList.of("tls://127.0.0.1:0")));
        EndpointStatus front = test.server.status().endpoints().stream()
                .filter(endpoint -> endpoint.protocol().equals("the front"))
                .findFirst()
                .orElseThrow();
        int port = ((InetSocketAddress) front.local().orElseThrow()).getPort();
        try (TlsClient client = TlsClient.connect(port)) {
            int own = client.socket().getLocalPort();
            assertTrue(client.send(REQUEST).receivesAll().endsWith("\r\n\r\nhttps /127.0.0.1:" + own));
        }
    }
}
