package org.pollux.http.client.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HandServer;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.Proxies;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.http.wire.websocket.Opcode;

/** How a connection is asked for, accepted and refused. */
class HandshakeTest {

    @AutoClose
    private final HandServer server = new HandServer();

    private final ReactorWebSocketClient client = new ReactorWebSocketClient(server.turned.reactor());
    private final Heard heard = new Heard();

    private WebSocketRequest request(String path) {
        return WebSocketRequest.of("ws://" + server.authority() + path);
    }

    private CompletableFuture<WebSocket> connect() {
        return client.connect(request("/chat"), heard);
    }

    private WebSocket opened(CompletableFuture<WebSocket> socket) throws Exception {
        server.turned.turnUntil("the connection is open", socket::isDone);
        return socket.get();
    }

    private void failed(Reason reason, String words, CompletableFuture<WebSocket> socket) {
        server.turned.turnUntil("the handshake has failed", socket::isDone);
        HttpFailure failure = assertInstanceOf(
                HttpFailure.class,
                assertThrows(ExecutionException.class, socket::get).getCause());
        assertEquals(reason, failure.reason(), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
        assertEquals(List.of(), heard.all);
    }

    // ---- through a proxy

    private CompletableFuture<WebSocket> connectByProxy(String credentials) {
        HttpProxy proxy = HttpProxy.parse("http://" + credentials + server.authority());
        ClientSettings settings = ClientSettings.defaults().withProxies(Proxies.all(proxy, List.of()));
        return new ReactorWebSocketClient(server.turned.reactor(), settings, () -> {
                    throw new IllegalStateException("no TLS here");
                })
                .connect(WebSocketRequest.of("ws://origin.example:81/chat").withoutCompression(), heard);
    }

    @Test
    void aProxyPassesTheConnectionOn() throws Exception {
        CompletableFuture<WebSocket> socket = connectByProxy("ada:secret@");
        HandPeer proxy = new HandPeer(server);
        assertEquals(
                "CONNECT origin.example:81 HTTP/1.1\r\nHost: origin.example:81\r\nUser-Agent: Pollux\r\n"
                        + "Proxy-Authorization: Basic YWRhOnNlY3JldA==\r\n\r\n",
                proxy.head());
        proxy.send("HTTP/1.1 200 OK\r\n\r\n");
        HandPeer origin = proxy.behindProxy();
        assertTrue(origin.head().startsWith("GET /chat HTTP/1.1\r\nHost: origin.example:81\r\n"), origin::head);
        assertFalse(origin.head().contains("Authorization"), origin::head);
        origin.accept();
        opened(socket).send("hello");
        assertEquals("text hello", origin.next());
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        CompletableFuture<WebSocket> socket = connectByProxy("");
        new HandPeer(server).send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        failed(Reason.PROXY, "the proxy " + server.authority(), socket);
    }

    // ---- accepted

    @Test
    void theRequestIsAHandshake() {
        var _ = connect();
        HandPeer peer = new HandPeer(server);
        assertTrue(HandshakeKey.isValid(peer.key()));
        assertEquals(
                "GET /chat HTTP/1.1\r\nHost: " + server.authority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + peer.key()
                        + "\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                        + " client_no_context_takeover\r\nUser-Agent: Pollux\r\n\r\n",
                peer.head());
    }

    @Test
    void theRequestHasItsOwnFieldsAndSubprotocols() {
        var _ = client.connect(
                request("/?a=b")
                        .header("Authorization", "x")
                        .header("user-agent", "me")
                        .subprotocols("b", "a")
                        .withoutCompression(),
                heard);
        String head = new HandPeer(server).head();
        assertTrue(head.startsWith("GET /?a=b HTTP/1.1\r\n"), head);
        assertTrue(head.contains("\r\nAuthorization: x\r\nuser-agent: me\r\n"), head);
        assertTrue(head.contains("\r\nSec-WebSocket-Protocol: b, a\r\n"), head);
        assertFalse(head.contains("Extensions") || head.contains("User-Agent"), head);
    }

    @Test
    void theListenerHearsThatItIsOpenBeforeTheMessageInTheSamePacket() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        peer.send(peer.accepted("") + WebSocketPeer.octets(Opcode.TEXT, true, "hi".getBytes(UTF_8)));
        assertEquals(Optional.empty(), opened(socket).subprotocol());
        server.turned.settle();
        assertEquals(List.of("open", "text hi"), heard.taken());
        assertTrue(socket.get().isOpen());
    }

    @Test
    void theServerChoosesASubprotocol() throws Exception {
        CompletableFuture<WebSocket> socket = client.connect(request("/").subprotocols("b", "a"), heard);
        new HandPeer(server).accept("Sec-WebSocket-Protocol: a\r\n");
        assertEquals(Optional.of("a"), opened(socket).subprotocol());
    }

    @Test
    void theFieldsMayBeLists() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        peer.send(peer.accepted("")
                .replace("Upgrade: websocket", "upgrade: other, WebSocket")
                .replace("Connection: Upgrade", "Connection: keep-alive, upgrade"));
        assertTrue(opened(socket).isOpen());
    }

    @Test
    void interimResponsesArePassedOver() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + peer.accepted(""));
        assertTrue(opened(socket).isOpen());
    }

    // ---- refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade: websocket | Upgrade: h2c | Upgrade is not websocket, but [h2c]",
                "Upgrade: websocket | X: y | Upgrade is not websocket, but missing",
                "Connection: Upgrade | Connection: close | Connection is not upgrade, but [close]",
                "Sec-WebSocket-Accept: | X-Accept: | does not belong to the key",
                "Sec-WebSocket-Accept: | Sec-WebSocket-Accept: x | does not belong to the key",
                "Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Protocol: c | a subprotocol that was not asked for: [c]",
                "Connection: Upgrade | Connection: Upgrade~Sec-WebSocket-Extensions: foo | extensions that were not offered",
            })
    void aResponseThatBreaksARuleIsRefused(String part, String instead, String words) {
        CompletableFuture<WebSocket> socket = client.connect(request("/").subprotocols("a", "b"), heard);
        HandPeer peer = new HandPeer(server);
        peer.send(peer.accepted("").replace(part, instead.replace("~", "\r\n")));
        failed(Reason.MALFORMED, words, socket);
        peer.peer.receivesReset();
    }

    @Test
    void compressionThatWasNotOfferedIsRefused() {
        CompletableFuture<WebSocket> socket = client.connect(request("/").withoutCompression(), heard);
        new HandPeer(server).accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        failed(Reason.MALFORMED, "extensions that were not offered", socket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 21\r\n\r\nOnly for\r\n members!!!",
                "Transfer-Encoding: chunked\r\n\r\n9\r\nOnly for \r\nA\r\nmembers!!!\r\n0\r\n\r\n",
            })
    void anotherStatusIsToldWithTheBeginningOfItsBody(String response) {
        CompletableFuture<WebSocket> socket = connect();
        new HandPeer(server).send("HTTP/1.1 403 Forbidden\r\n" + response);
        failed(Reason.STATUS, "refuses the WebSocket with 403 Forbidden: Only for members!!!", socket);
    }

    @Test
    void aBodyThatEndsWithTheConnectionIsToldToo() {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        peer.send("HTTP/1.1 503 \r\n\r\nLater");
        assertFalse(socket.isDone());
        peer.peer.closeOutput();
        failed(Reason.STATUS, "refuses the WebSocket with 503: Later", socket);
    }

    @Test
    void ofALongBodyOnlyTheBeginningIsRead() {
        CompletableFuture<WebSocket> socket = connect();
        new HandPeer(server).send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(300));
        failed(Reason.STATUS, "with 200 OK: " + "x".repeat(256), socket);
    }

    @Test
    void aRedirectIsNotFollowedUnlessAskedFor() {
        CompletableFuture<WebSocket> socket = connect();
        new HandPeer(server).send("HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n");
        failed(Reason.REDIRECT, "redirects to ws://" + server.authority() + "/other", socket);
    }

    @Test
    void aRedirectIsFollowedWhenAskedForAndSecretsStayWithTheirHost() throws Exception {
        try (HandServer other = new HandServer()) {
            CompletableFuture<WebSocket> socket = client.connect(
                    request("/")
                            .header("Authorization", "x")
                            .header("Proxy-Authorization", "y")
                            .header("A", "b")
                            .redirects(2),
                    heard);
            new HandPeer(server).send("HTTP/1.1 302 Found\r\nLocation: /same\r\n\r\n");
            HandPeer same = new HandPeer(server);
            assertTrue(same.head().startsWith("GET /same ") && same.head().contains("Authorization"), same.head());
            same.send("HTTP/1.1 307 \r\nLocation: http://localhost:"
                    + server.authority().split(":", -1)[1] + "/b\r\n\r\n");
            HandPeer elsewhere = new HandPeer(server);
            assertTrue(
                    elsewhere.head().startsWith("GET /b ") && elsewhere.head().contains("\r\nA: b\r\n"));
            assertFalse(elsewhere.head().contains("Authorization"), elsewhere.head());
            elsewhere.accept();
            assertTrue(opened(socket).isOpen());
            assertFalse(other.hasConnectionWaiting());
        }
    }

    @Test
    void tooManyRedirectsFail() {
        CompletableFuture<WebSocket> socket = client.connect(request("/").redirects(1), heard);
        new HandPeer(server).send("HTTP/1.1 302 Found\r\nLocation: /1\r\n\r\n");
        new HandPeer(server).send("HTTP/1.1 302 Found\r\nLocation: /2\r\n\r\n");
        failed(Reason.REDIRECT, "/2", socket);
    }

    @Test
    void aRedirectToSomethingElseFails() {
        CompletableFuture<WebSocket> socket = client.connect(request("/").redirects(1), heard);
        new HandPeer(server).send("HTTP/1.1 302 Found\r\nLocation: ftp://a/\r\n\r\n");
        failed(Reason.REDIRECT, "not a URL of a WebSocket", socket);
    }

    // ---- no response

    @Test
    void aServerThatDoesNotRespondInTimeIsGivenUp() {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        server.pass(Duration.ofSeconds(10));
        failed(Reason.TIMED_OUT, "timed out after 10 s: no response from " + server.authority(), socket);
        peer.peer.receivesReset();
    }

    @Test
    void aServerThatClosesIsAFailure() {
        CompletableFuture<WebSocket> socket = connect();
        new HandPeer(server).peer.closeOutput();
        failed(Reason.NO_RESPONSE, "has closed the connection before its response was whole", socket);
    }

    @Test
    void aServerThatIsNotHttpIsAFailure() {
        CompletableFuture<WebSocket> socket = connect();
        new HandPeer(server).send("220 mail ready\r\n\r\n");
        failed(Reason.NOT_HTTP, "220 mail", socket);
    }

    @Test
    void nobodyListens() {
        String nobody = server.authority();
        server.close();
        try (HandServer other = new HandServer()) {
            ReactorWebSocketClient its = new ReactorWebSocketClient(other.turned.reactor());
            CompletableFuture<WebSocket> socket = its.connect(WebSocketRequest.of("ws://" + nobody + "/"), heard);
            other.turned.turnUntil("it has failed", socket::isDone);
            Throwable failure =
                    assertThrows(ExecutionException.class, socket::get).getCause();
            assertEquals(
                    Reason.CONNECT, assertInstanceOf(HttpFailure.class, failure).reason());
        }
    }

    @Test
    void wssNeedsAnEngine() {
        CompletableFuture<WebSocket> socket =
                client.connect(WebSocketRequest.of("wss://" + server.authority() + "/"), heard);
        failed(Reason.SCHEME, "the client has no TLS engine", socket);
    }

    @Test
    void aFutureThatIsCancelledGivesTheHandshakeUp() {
        CompletableFuture<WebSocket> socket = connect();
        HandPeer peer = new HandPeer(server);
        socket.cancel(false);
        peer.peer.receivesReset();
        assertEquals(List.of(), heard.all);
    }

    @Test
    void aClosedClientOpensNothing() {
        CompletableFuture<WebSocket> before = connect();
        new HandPeer(server);
        client.close();
        failed(Reason.CLIENT_CLOSED, "the client is closed", before);
        failed(Reason.CLIENT_CLOSED, "the client is closed", connect());
    }

    // ---- requests that cannot be sent

    @ParameterizedTest
    @ValueSource(strings = {"http://a/", "https://a/", "a", "ws:a"})
    void otherUrlsAreRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> WebSocketRequest.of(url));
    }

    @Test
    void theFieldsOfTheHandshakeAreTheClients() {
        WebSocketRequest request = WebSocketRequest.of("ws://a/");
        for (String name : List.of("Upgrade", "Connection", "Host", "Sec-WebSocket-Key", "sec-websocket-protocol")) {
            assertThrows(IllegalArgumentException.class, () -> request.header(name, "x"), name);
        }
        assertThrows(IllegalArgumentException.class, () -> request.header("A", "b\r\nC: d"));
        assertThrows(IllegalArgumentException.class, () -> request.subprotocols("a b"));
        assertThrows(IllegalArgumentException.class, () -> request.subprotocols("a", "a"));
        assertThrows(IllegalArgumentException.class, () -> request.maxMessage(-1));
        assertEquals(80, request.url().port());
        assertEquals(443, WebSocketRequest.of("wss://a/").url().port());
    }
}
