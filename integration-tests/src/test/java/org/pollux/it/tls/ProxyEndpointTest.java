package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
}
