package org.pollux.http.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.HandServer;
import org.pollux.http.client.Http2Peer;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponse;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.http.websocket.WebSocket;

/** How a stream of an HTTP/2 connection is asked for (RFC 8441), and how it lives beside the other streams. */
class StreamHandshakeTest {

    private static final int CANCEL = 8;
    private static final int REFUSED_STREAM = 7;
    private static final int INTERNAL_ERROR = 2;

    @AutoClose
    private final HandServer server = new HandServer();

    private final ReactorHttpClient http = StreamPeer.http(server.turned.reactor());
    private final ReactorWebSocketClient client = StreamPeer.client(http);
    private final Heard heard = new Heard();

    private WebSocketRequest request(String path) {
        return WebSocketRequest.of("ws://" + server.authority() + path);
    }

    private CompletableFuture<WebSocket> connect() {
        return client.connect(request("/chat"), heard);
    }

    private CompletableFuture<HttpResponse> get() {
        return http.send(HttpRequest.get("http://" + server.authority() + "/"), 1000);
    }

    private WebSocket opened(CompletableFuture<WebSocket> socket) throws Exception {
        server.turned.turnUntil("the connection is open", socket::isDone);
        return socket.get();
    }

    private void failed(Reason reason, String words, CompletableFuture<?> socket) {
        server.turned.turnUntil("it has failed", socket::isDone);
        HttpFailure failure = assertInstanceOf(
                HttpFailure.class,
                assertThrows(ExecutionException.class, socket::get).getCause());
        assertEquals(reason, failure.reason(), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
        assertEquals(List.of(), heard.all);
    }

    private void responded(Http2Peer peer, CompletableFuture<HttpResponse> response) throws Exception {
        int stream = peer.request();
        peer.respond(stream, "ok");
        server.turned.turnUntil("the response is there", response::isDone);
        assertEquals(200, response.get().head().status());
    }

    // ---- accepted

    @Test
    void theRequestIsAnExtendedConnect() {
        var _ = client.connect(request("/chat?a=b").subprotocols("b", "a").withoutCompression(), heard);
        StreamPeer peer = new StreamPeer(server);
        assertEquals(
                ":method: CONNECT\n:protocol: websocket\n:scheme: http\n:authority: " + server.authority()
                        + "\n:path: /chat?a=b\nuser-agent: Pollux\naccept: */*\naccept-encoding: gzip\n"
                        + "sec-websocket-version: 13\nsec-websocket-protocol: b, a\n",
                peer.peer.head());
    }

    @Test
    void whatIsAgreedOnIsTold() throws Exception {
        CompletableFuture<WebSocket> socket = client.connect(request("/").subprotocols("b", "a"), heard);
        new StreamPeer(server).accept("Sec-WebSocket-Protocol: a\r\n");
        assertEquals(Optional.of("a"), opened(socket).subprotocol());
    }

    @Test
    void itIsNotAskedForBeforeTheServerHasAnnouncedIt() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        Http2Peer peer = new Http2Peer(server);
        assertEquals(List.of(), peer.all(Http2Peer.HEADERS));
        peer.settings(StreamPeer.ENABLE_CONNECT_PROTOCOL, 1);
        new StreamPeer(server, peer).accept("");
        assertTrue(opened(socket).isOpen());
    }

    @Test
    void itSharesItsConnectionWithRequestsAndOtherSockets() throws Exception {
        CompletableFuture<WebSocket> first = connect();
        StreamPeer one = new StreamPeer(server);
        one.accept("");
        CompletableFuture<WebSocket> second = connect();
        StreamPeer two = new StreamPeer(server, one.peer);
        two.accept("");
        responded(one.peer, get());
        opened(first).send("first");
        opened(second).send("second");
        assertEquals("text first", one.next());
        assertEquals("text second", two.next());
        assertFalse(server.hasConnectionWaiting());
    }

    // ---- not accepted

    @Test
    void aServerThatDoesNotAnnounceItIsNamedAndItsConnectionStays() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        Http2Peer peer = Http2Peer.begun(server);
        failed(Reason.NOT_HTTP, server.authority() + " does not carry websocket over HTTP/2", socket);
        assertEquals(List.of(), peer.all(Http2Peer.RST_STREAM), "a stream that was not opened is not reset");
        responded(peer, get());
        failed(Reason.NOT_HTTP, "SETTINGS_ENABLE_CONNECT_PROTOCOL", connect());
        responded(peer, get());
    }

    @Test
    void aRefusalIsToldWithTheBeginningOfItsBody() {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.peer.send(
                peer.peer.headers(peer.stream, 0, ":status", "403"),
                Http2Peer.data(peer.stream, Http2Peer.END_STREAM, "not you"));
        failed(Reason.STATUS, "403: not you", socket);
    }

    @Test
    void aSubprotocolThatWasNotAskedForIsRefused() {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.accept("Sec-WebSocket-Protocol: other\r\n");
        failed(Reason.MALFORMED, "not asked for: [other]", socket);
        peer.receivesReset();
    }

    @Test
    void aRedirectIsFollowedOnTheSameConnection() throws Exception {
        CompletableFuture<WebSocket> socket = client.connect(request("/").redirects(1), heard);
        StreamPeer first = new StreamPeer(server);
        first.peer.send(first.peer.headers(first.stream, Http2Peer.END_STREAM, ":status", "307", "location", "/new"));
        StreamPeer second = new StreamPeer(server, first.peer);
        assertTrue(second.peer.head().contains(":path: /new\n"), second.peer.head());
        second.accept("");
        assertTrue(opened(socket).isOpen());
    }

    @Test
    void aServerThatDoesNotRespondInTimeIsGivenUpAndItsConnectionStays() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        server.pass(Duration.ofSeconds(10));
        failed(Reason.TIMED_OUT, "timed out after 10 s: no response from " + server.authority(), socket);
        assertEquals(CANCEL, peer.peer.resetOf(peer.stream));
        responded(peer.peer, get());
    }

    @Test
    void aFutureThatIsCancelledGivesTheHandshakeUp() {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        socket.cancel(false);
        assertEquals(CANCEL, peer.peer.resetOf(peer.stream));
        assertEquals(List.of(), heard.all);
    }

    @Test
    void aServerThatClosesBeforeItsSettingsIsAFailure() {
        CompletableFuture<WebSocket> socket = connect();
        new Http2Peer(server).peer.closeOutput();
        failed(Reason.NO_RESPONSE, "before a response came", socket);
    }

    // ---- the connection

    @Test
    void aStreamThatIsRefusedUnseenIsAskedForAgain() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer refused = new StreamPeer(server);
        refused.peer.send(Http2Peer.reset(refused.stream, REFUSED_STREAM));
        new StreamPeer(server, refused.peer).accept("");
        assertTrue(opened(socket).isOpen());
    }

    @Test
    void aStreamBeyondGoAwayIsAskedForOnANewConnection() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer old = new StreamPeer(server);
        old.peer.send(Http2Peer.goAway(0, 0, ""));
        new StreamPeer(server).accept("");
        assertTrue(opened(socket).isOpen());
    }

    @Test
    void anOpenSocketOutlivesGoAwayAndNewOnesGoElsewhere() throws Exception {
        CompletableFuture<WebSocket> before = connect();
        StreamPeer old = new StreamPeer(server);
        old.accept("");
        WebSocket socket = opened(before);
        old.peer.send(Http2Peer.goAway(old.stream, 0, ""));
        CompletableFuture<WebSocket> after = connect();
        new StreamPeer(server).accept("");
        assertTrue(opened(after).isOpen());
        socket.send("still here");
        assertEquals("text still here", old.next());
        socket.close();
        assertEquals("close 1000", old.next());
        old.close(1000, "").closeOutput();
        old.peer.peer.receivesEnd();
        assertTrue(heard.all.contains("closed 1000"), heard.all::toString);
    }

    @Test
    void aStreamThatIsResetIsALostConnection() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.accept("");
        opened(socket);
        peer.peer.send(Http2Peer.reset(peer.stream, INTERNAL_ERROR));
        server.turned.turnUntil("the end is heard", () -> heard.all.size() == 2);
        assertTrue(heard.all.getLast().startsWith("closed 1006 "), heard.all::toString);
        responded(peer.peer, get());
    }

    @Test
    void aLostConnectionEndsItsSockets() throws Exception {
        CompletableFuture<WebSocket> socket = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.accept("");
        opened(socket);
        peer.peer.peer.closeOutput();
        server.turned.turnUntil("the end is heard", () -> heard.all.size() == 2);
        assertTrue(heard.all.getLast().startsWith("closed 1006 "), heard.all::toString);
    }

    @Test
    void aPausedSocketWidensItsWindowWhenItGoesOn() throws Exception {
        CompletableFuture<WebSocket> opening = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.accept("");
        WebSocket socket = opened(opening);
        socket.pause();
        String text = "x".repeat(30_000);
        for (int i = 0; i < 5; i++) {
            peer.text(text);
        }
        assertEquals(0, peer.widenings());
        assertEquals(List.of("open"), heard.taken());
        socket.resume();
        server.turned.turnUntil("all are heard", () -> heard.all.size() == 5);
        assertEquals(1, peer.widenings());
        responded(peer.peer, get());
    }

    @Test
    void aServerThatDoesNotEndItsSideIsCut() throws Exception {
        CompletableFuture<WebSocket> opening = connect();
        StreamPeer peer = new StreamPeer(server);
        peer.accept("");
        opened(opening).close();
        assertEquals("close 1000", peer.next());
        peer.close(1000, "");
        peer.receivesEnd();
        server.pass(Duration.ofSeconds(5));
        assertEquals(CANCEL, peer.peer.resetOf(peer.stream));
    }

    /** The timeouts of requests do not hold for a conversation. */
    @Test
    void silenceDoesNotEndIt() throws IOException, Exception {
        CompletableFuture<WebSocket> opening = client.connect(request("/").ping(Duration.ZERO), heard);
        StreamPeer peer = new StreamPeer(server);
        peer.accept("");
        WebSocket socket = opened(opening);
        for (int i = 0; i < 20; i++) {
            server.pass(Duration.ofSeconds(10));
            peer.peer.send(Http2Peer.window(0, 1)); // the connection lives
        }
        socket.send("here");
        assertEquals("text here", peer.next());
    }
}
