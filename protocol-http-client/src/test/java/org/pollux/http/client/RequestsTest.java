package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.Peer;

/** What the client sends. */
final class RequestsTest {

    @AutoClose
    private final HandServer server = new HandServer();

    private HttpRequest request(String method) {
        return HttpRequest.of(method, Url.parse(server.url("/a%20b?c=d#e")));
    }

    private String sent(HttpRequest request) {
        server.send(request);
        return HandServer.text(server.acceptRequest()).replace(server.authority(), "HOST");
    }

    @Test
    void aGetHasWhatEveryRequestHas() {
        assertEquals(
                "GET /a%20b?c=d HTTP/1.1\r\nHost: HOST\r\nUser-Agent: Pollux\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
                sent(request("GET")));
    }

    @Test
    void fieldsOfTheRequestReplaceTheClients() {
        assertEquals(
                "GET /a%20b?c=d HTTP/1.1\r\nHost: HOST\r\nuser-agent: me\r\nAccept: text/html\r\nAccept-Encoding: br\r\nA: 1\r\nA: 2\r\n\r\n",
                sent(request("GET")
                        .header("user-agent", "me")
                        .header("Accept", "text/html")
                        .header("Accept-Encoding", "br")
                        .header("A", "1")
                        .header("A", "2")));
    }

    @Test
    void aPartIsNotAskedForInGzip() {
        assertTrue(
                sent(request("GET").header("Range", "bytes=0-1")).endsWith("Accept: */*\r\nRange: bytes=0-1\r\n\r\n"));
    }

    @Test
    void aBodyHasItsLength() {
        Recorded recorded = server.send(request("POST").body("hello".getBytes(ISO_8859_1)));
        Peer peer = server.acceptRequest();
        server.turned.turnUntil(
                "the body comes", () -> HandServer.text(peer.receiveSome()).endsWith("\r\n\r\nhello"));
        assertTrue(HandServer.text(peer).contains("\r\nContent-Length: 5\r\n"));
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        recorded.ends(200, "ok");
    }

    @Test
    void aPostWithoutABodySaysSo() {
        assertTrue(sent(request("POST")).contains("\r\nContent-Length: 0\r\n"));
    }

    @Test
    void aLargeBodyIsSentAsTheServerTakesIt() {
        byte[] body = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(body);
        Recorded recorded = server.send(request("PUT").body(body));
        Peer peer = server.acceptRequest();
        int head = HandServer.text(peer).indexOf("\r\n\r\n") + 4;
        byte[] all = peer.receive(head + body.length);
        assertEquals(java.nio.ByteBuffer.wrap(body), java.nio.ByteBuffer.wrap(all, head, body.length));
        peer.send("HTTP/1.1 204 No Content\r\n\r\n");
        recorded.ends(204, "");
    }

    @Test
    void aResponseBeforeTheBodyWasSentEndsTheConnection() {
        Recorded recorded = server.send(request("PUT").body(new byte[64 * 1024 * 1024]));
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
        recorded.ends(413, "");
        Recorded next = server.get("/next");
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        next.ends(200, "");
    }

    @Test
    void whatWouldBeAnotherRequestOnTheWireIsRefused() {
        assertRefused("a token", () -> request("GET /x"));
        assertRefused("CONNECT", () -> request("CONNECT"));
        assertRefused("a token", () -> request("GET").header("A: b", "c"));
        assertRefused("would end its line", () -> request("GET").header("A", "b\r\nC: d"));
        assertRefused("beyond U+00FF", () -> request("GET").header("A", "\u0100"));
        assertRefused("written by the client", () -> request("GET").header("content-length", "1"));
        assertRefused("written by the client", () -> request("GET").header("Host", "x"));
        assertRefused("negative", () -> request("GET").redirects(-1));
    }

    private static void assertRefused(String words, Runnable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
        assertTrue(message.contains(words), message);
    }
}
