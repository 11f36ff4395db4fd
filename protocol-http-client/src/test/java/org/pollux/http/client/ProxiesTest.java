package org.pollux.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.testkit.Peer;

/** Which proxy is passed, what it is told, and what it may say. The hand server is the proxy. */
final class ProxiesTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private HandServer server = new HandServer();

    private void proxied(String credentials, HttpVersions versions) {
        HttpProxy proxy = HttpProxy.parse(
                "http://" + credentials + "127.0.0.1:" + server.authority().substring(10));
        server.use(ClientSettings.defaults().withVersions(versions).withProxies(Proxies.all(proxy, List.of())));
    }

    private Recorded get(String url) {
        return server.send(HttpRequest.get(url));
    }

    @Test
    void aProxyReadsTheWholeUrlAndItsCredentials() {
        proxied("user:p%40ss@", HttpVersions.NEGOTIATED);
        Recorded recorded = get("http://origin.example:81/a?b");
        Peer peer = server.acceptRequest();
        String head = HandServer.text(peer);
        assertTrue(head.startsWith("GET http://origin.example:81/a?b HTTP/1.1\r\nHost: origin.example:81\r\n"), head);
        assertTrue(head.contains("\r\nProxy-Authorization: Basic dXNlcjpwQHNz\r\n"), head);
        peer.send(OK);
        recorded.ends(200, "ok");
    }

    @Test
    void aTunnelCarriesTheRequestAndTheOriginSeesNoCredentials() {
        proxied("user:secret@", HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);
        Recorded recorded = get("http://origin.example:81/a");
        Http2Peer peer = new Http2Peer(server);
        String head = server.request(peer.peer, 1);
        assertEquals(
                "CONNECT origin.example:81 HTTP/1.1\r\nHost: origin.example:81\r\nUser-Agent: Pollux\r\n"
                        + "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n",
                head);
        peer.beginsBehind(head.length());
        peer.peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 Connection established\r\nVia: p\r\n\r\n");
        peer.settings();
        peer.request();
        assertTrue(peer.head().contains(":path: /a\n"), peer::head);
        assertFalse(peer.head().contains("authorization"), peer::head);
        peer.respond(1, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void bytesOfTheServerThatComeWithTheResponseOfTheProxyAreItsFirstOnes() {
        proxied("", HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);
        Recorded recorded = get("http://origin.example/");
        Http2Peer peer = new Http2Peer(server);
        peer.beginsBehind(server.request(peer.peer, 1).length());
        peer.peer.send("HTTP/1.1 200 OK\r\n\r\n\0\0\0\4\0\0\0\0\0");
        peer.request();
        peer.respond(1, "ok");
        recorded.ends(200, "ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 407 Proxy Authentication Required\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + " | does not accept its user and password: 407 Proxy Auth",
                "HTTP/1.1 403 Forbidden\\r\\n\\r\\n | does not lead to origin.example:80: 403 Forbidden",
                "HTTP/1.1 302 Found\\r"
                        + "\\n"
                        + "Location: http://evil/\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + " | does not lead to origin.example:80: 302 Found",
                "SSH-2.0\\r\\n | : not HTTP/1.x: the response begins with 'SSH-2.0..'",
                "HTTP/1.1 100 Continue\\r\\n\\r\\n * 9 | more than 8 interim responses",
                "HTTP/1.1 200 OK\\r\\nA: b * 40000 | longer than 32768 bytes",
            })
    void aProxyThatDoesNotLeadThereIsNamedWithoutItsPassword(String response, String words) {
        proxied("user:secret@", HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);
        Recorded recorded = get("http://origin.example/");
        Peer peer = server.acceptRequest();
        String[] parts = response.split(" \\* ", 2);
        String text = parts[0].replace("\\r", "\r").replace("\\n", "\n");
        int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
        peer.send(times > 9 ? text + "b".repeat(times) : text.repeat(times));
        HttpFailure failure = recorded.fails(Reason.PROXY, words);
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("the proxy " + server.authority()),
                failure::getMessage);
        assertFalse(failure.toString().contains("secret"), failure::toString);
    }

    @Test
    void aProxyThatEndsInItsHeadIsNamed() {
        proxied("", HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);
        Recorded recorded = get("http://origin.example/");
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 20");
        peer.closeOutput();
        recorded.fails(Reason.CONNECT, ": the peer has ended before the proxy handshake was done");
    }

    @Test
    void aProxyThatReadsRequestsWantsAUserAndSaysSo() {
        proxied("", HttpVersions.NEGOTIATED);
        Recorded recorded = get("http://origin.example/");
        server.acceptRequest().send("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n");
        recorded.fails(Reason.PROXY, "wants a user and a password: 407 Who are you; write http://USER:PASSWORD@");
    }

    @Test
    void aProxyThatIsNotThereIsNamed() {
        server.use(ClientSettings.defaults()
                .withProxies(Proxies.all(HttpProxy.parse("http://u:secret@127.0.0.1:1"), List.of())));
        get("http://origin.example/").fails(Reason.CONNECT, "the proxy 127.0.0.1:1: no connection to 127.0.0.1:1");
    }

    @Test
    void aServerThatIsReachedDirectlyGetsAnotherConnection() {
        HttpProxy proxy = HttpProxy.parse(server.authority());
        server.use(ClientSettings.defaults().withProxies(Proxies.all(proxy, List.of("127.0.0.1"))));
        Recorded through = get("http://origin.example/");
        server.acceptRequest().send(OK);
        through.ends(200, "ok");
        Recorded direct = server.get("/direct");
        Peer peer = server.acceptRequest();
        assertTrue(HandServer.text(peer).startsWith("GET /direct HTTP/1.1\r\n"));
        peer.send(OK);
        direct.ends(200, "ok");
    }

    // ---- which proxy

    @Test
    void theEnvironmentNamesThem() {
        Proxies proxies =
                Proxies.of(Map.of("http_proxy", " one:81 ", "HTTPS_PROXY", "http://two", "no_proxy", "a,b c"));
        assertEquals(Optional.of(new HttpProxy("one", 81, Optional.empty())), proxies.http());
        assertEquals(Optional.of(new HttpProxy("two", 80, Optional.empty())), proxies.https());
        assertEquals(List.of("a", "b", "c"), proxies.direct());
        assertEquals(Proxies.none(), Proxies.of(Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "evil:1")));
        assertEquals(
                "https_proxy: not a proxy: 'socks5://s:1/': only proxies that are reached by http are supported",
                assertThrows(IllegalArgumentException.class, () -> Proxies.of(Map.of("https_proxy", "socks5://s:1")))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, http://example.org/, true",
        "example.org, http://www.Example.org/, true",
        ".example.org, http://www.example.org/, true",
        ".example.org, http://example.org/, true",
        "*.example.org, http://www.example.org/, true",
        "example.org, http://anexample.org/, false",
        "example.org:8080, http://example.org:8080/, true",
        "example.org:8080, http://example.org/, false",
        "*, http://example.org/, true",
        "10.0.0.0/8, http://10.1.2.3/, true",
        "10.0.0.0/8, http://11.1.2.3/, false",
        "10.0.0.0/8, http://example.org/, false",
        "[::1], http://[::1]:81/, true",
        "::1, http://[::1]/, true",
        "fe80::/10, http://[fe81::1]/, true",
        "10.0.0.0/99, http://10.0.0.0/, false",
        "0:0::1, http://[::1]/, true",
        "::ffff:127.0.0.1, http://127.0.0.1/, true",
        "127.0.0.1, http://127.0.0.1/, true",
        "0.0.1, http://127.0.0.1/, false",
        "1, http://127.0.0.1/, false",
        "example.org, http://example.org./, true",
        "example.org., http://www.example.org/, true",
        "bücher.example, http://bücher.example/, true",
        "., http://example.org./, false",
    })
    void hostsAreReachedDirectlyThatAreNamed(String entry, String url, boolean direct) {
        Proxies proxies = Proxies.all(HttpProxy.parse("p:1"), List.of(entry));
        assertEquals(direct, proxies.forUrl(Url.parse(url)).isEmpty());
    }

    @Test
    void aMessageHasNoPassword() {
        HttpProxy proxy = HttpProxy.parse("http://user:secret@[::1]:3128/");
        assertEquals("[::1]:3128", proxy.toString());
        assertEquals(Optional.of("Basic dXNlcjpzZWNyZXQ="), proxy.authorization());
        assertFalse(Proxies.all(proxy, List.of()).toString().contains("secret"));
        for (String broken :
                List.of("http://u:secret@", "ftp://u:secret@h", "http://u:secret@h:x", "http://%zz:secret@h")) {
            String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> HttpProxy.parse(broken))
                    .getMessage());
            assertTrue(message.startsWith("not a proxy: ") && !message.contains("secret"), message);
        }
    }
}
