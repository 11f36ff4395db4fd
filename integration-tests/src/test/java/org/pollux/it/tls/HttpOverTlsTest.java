package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.HttpHandler;
import org.pollux.http.filters.StrictTransportFilter;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.it.tls.TlsClient.Wishes;
import org.pollux.reactor.tls.base.NewCertificate;
import org.pollux.reactor.tls.jsse.JsseEngine;

/** HTTP by https: the scheme, the certificate of the client, hosts that are not covered, and files. */
@Timeout(120)
final class HttpOverTlsTest {

    @TempDir
    private Path home;

    private final Routes routes = new Routes();
    private Optional<TlsServer> opened = Optional.empty();

    @BeforeEach
    void serve() throws IOException {
        CertificateFile.write(
                home.resolve("conf/tls/a.pem"),
                NewCertificate.forHosts("a.example", "*.b.example").make());
        HttpHandler scheme = (request, response) -> response.send(
                request.scheme() + " " + request.tls().orElseThrow().version());
        routes.add(scheme, "/scheme");
        opened = Optional.of(TlsServer.with(home, new JsseEngine())
                .serve(new HttpProtocol(routes, HttpSettings.defaults()), "", "h2", "http/1.1"));
    }

    @AfterEach
    void close() {
        opened.ifPresent(TlsServer::close);
    }

    private String response(String path, String host) throws IOException {
        try (TlsClient client =
                Wishes.NONE.alpn("http/1.1").connect(opened.orElseThrow().port())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .receivesAll();
        }
    }

    @Test
    void aRequestTellsItsSchemeAndItsTls() throws IOException {
        assertTrue(response("/scheme", "a.example").endsWith("\r\n\r\nhttps TLSv1.3"));
    }

    @Test
    void aHostThatTheCertificateDoesNotCoverIsMisdirected() throws IOException {
        for (String covered : List.of("a.example", "A.EXAMPLE:8443", "x.b.example", "127.0.0.1:1", "[::1]")) {
            assertTrue(response("/scheme", covered).startsWith("HTTP/1.1 200 "), covered);
        }
        for (String other : List.of("other.example", "b.example", "x.y.b.example")) {
            assertTrue(response("/scheme", other).startsWith("HTTP/1.1 421 Misdirected Request\r\n"), other);
        }
        assertTrue(response("http://other.example/scheme", "other.example").startsWith("HTTP/1.1 421 "));
    }

    @Test
    void oneConnectionMayAskForSeveralHostsAndEachIsLookedAt() throws IOException {
        try (TlsClient client = TlsClient.connect(opened.orElseThrow().port())) {
            for (String host : List.of("a.example", "a.example", "x.b.example", "a.example", "other.example")) {
                client.send("GET /scheme HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                String expected = host.equals("other.example") ? "HTTP/1.1 421" : "HTTP/1.1 200";
                assertTrue(client.receivesUntil(host.equals("other.example") ? "421 Misdirected Request\n" : "TLSv1.3")
                        .startsWith(expected));
            }
        }
    }

    @Test
    void aConnectionOfHttp2ThatIsUsedForAnotherHostTooIsMisdirectedThereAndServesOn() throws IOException {
        try (CoalescingClient client = new CoalescingClient(opened.orElseThrow().port(), "a.example")) {
            for (int i = 0; i < 2; i++) {
                assertEquals("https TLSv1.3", client.get("a.example", "/scheme"));
                assertEquals("https TLSv1.3", client.get("x.b.example", "/scheme"));
                assertEquals("421 Misdirected Request\n", client.get("other.example", "/scheme"));
            }
        }
    }

    @Test
    void strictTransportIsToldByHttps() throws IOException {
        routes.add(new StrictTransportFilter(Duration.ofDays(1), true), Mount.at("/*"));
        assertTrue(response("/scheme", "a.example")
                .contains("\r\nStrict-Transport-Security: max-age=86400; includeSubDomains\r\n"));
        assertTrue(response("/nothing", "a.example").contains("\r\nStrict-Transport-Security: max-age=86400"));
    }

    @Test
    void aFileIsSentWhole() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(home.resolve("file"), content);
        HttpHandler sends = (request, response) -> response.send(FileChannel.open(file), 0, content.length);
        routes.add(sends, "/file");
        String response = response("/file", "a.example");
        int body = response.indexOf("\r\n\r\n") + 4;
        assertEquals(new String(content, ISO_8859_1), response.substring(body));
    }
}
