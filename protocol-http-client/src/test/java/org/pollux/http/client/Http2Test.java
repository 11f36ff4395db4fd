package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the client sends by HTTP/2, and what it makes of the frames of a good server. */
final class Http2Test {

    @AutoClose
    private final HandServer server =
            new HandServer(ClientSettings.defaults().withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE));

    @Test
    void aRequestIsAHeadThatEndsItsStream() {
        Recorded recorded = server.get("/a%20b?c=d");
        Http2Peer peer = Http2Peer.begun(server);
        Http2Peer.Frame head = peer.next(Http2Peer.HEADERS);
        assertTrue(peer.hasPreface());
        assertEquals(1, head.stream());
        assertTrue(head.has(Http2Peer.END_STREAM));
        assertEquals(
                ":method: GET\n:scheme: http\n:authority: HOST\n:path: /a%20b?c=d\nuser-agent: Pollux\naccept: */*\naccept-encoding: gzip\n",
                peer.head().replace(server.authority(), "HOST"));
        peer.send(peer.headers(1, 0, ":status", "200", "a", "1"), Http2Peer.data(1, 0, "he"));
        peer.send(Http2Peer.data(1, Http2Peer.END_STREAM, "llo"));
        recorded.ends(200, "hello");
        assertEquals("HTTP/2", recorded.head().version());
        assertEquals("", recorded.head().reason());
        assertEquals("1", recorded.head().headers().first("A").orElseThrow());
    }

    @Test
    void manyRequestsShareAConnectionAndAreRespondedInAnyOrder() throws Exception {
        Recorded first = server.get("/1");
        Recorded second = server.get("/2");
        Recorded third = server.get("/3");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        assertEquals(5, peer.request());
        peer.respond(5, "three").respond(1, "one").respond(3, "two");
        third.ends(200, "three");
        first.ends(200, "one");
        second.ends(200, "two");
        assertFalse(server.hasConnectionWaiting());
    }

    @Test
    void untilTheSettingsHaveComeOneRequestIsSent() {
        server.get("/1");
        server.get("/2");
        Http2Peer peer = new Http2Peer(server);
        assertEquals(1, peer.request());
        assertEquals(1, peer.all(Http2Peer.HEADERS).size());
        peer.settings();
        assertEquals(3, peer.request());
    }

    @Test
    void aBodyIsSentAsTheServersWindowsAllow() {
        Recorded recorded =
                server.send(HttpRequest.of("PUT", Url.parse(server.url("/"))).body(new byte[100_000]));
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        assertTrue(peer.head().contains("content-length: 100000\n"), peer::head);
        assertEquals(65_535, sent(peer));
        peer.send(Http2Peer.window(1, 10_000));
        assertEquals(65_535, sent(peer));
        peer.send(Http2Peer.window(0, 5_000));
        assertEquals(70_535, sent(peer));
        peer.send(Http2Peer.window(0, 50_000), Http2Peer.window(1, 50_000));
        peer.next("the end of the body", frame -> frame.type() == Http2Peer.DATA && frame.has(Http2Peer.END_STREAM));
        assertEquals(100_000, sent(peer));
        peer.respond(1, "ok");
        recorded.ends(200, "ok");
    }

    /** A server whose handler reads in small pieces tells so for each of them, for the stream and for the connection. */
    @Test
    void aServerThatReadsInSmallPiecesIsNotCut() {
        int pieces = 4000;
        Recorded recorded =
                server.send(HttpRequest.of("PUT", Url.parse(server.url("/"))).body(new byte[pieces * 1024]));
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        int read = 0;
        while (read < pieces * 1024) {
            int length = peer.next(Http2Peer.DATA).payload().length;
            for (int part = length; part > 0; part -= 1024) {
                int octets = Math.min(part, 1024);
                peer.send(Http2Peer.window(0, octets), Http2Peer.window(1, octets));
            }
            read += length;
        }
        peer.respond(1, "ok");
        recorded.ends(200, "ok");
    }

    private static int sent(Http2Peer peer) {
        return peer.all(Http2Peer.DATA).stream()
                .mapToInt(frame -> frame.payload().length)
                .sum();
    }

    @Test
    void trailersComeBehindTheBody() {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(
                peer.headers(1, 0, ":status", "103", "link", "</a>"),
                peer.headers(1, 0, ":status", "200"),
                Http2Peer.data(1, 0, "abc"),
                peer.headers(1, Http2Peer.END_STREAM, "sum", "3"));
        recorded.ends(200, "abc");
        assertEquals("3", recorded.trailers().first("Sum").orElseThrow());
    }

    @Test
    void aCancelledExchangeIsResetAndTheConnectionServesTheNextOne() throws Exception {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        recorded.exchange().cancel();
        recorded.fails(HttpFailure.Reason.CANCELLED, "cancelled");
        assertEquals(8, peer.resetOf(1));
        Recorded next = server.get("/next");
        assertEquals(3, peer.request());
        peer.send(peer.headers(1, 0, ":status", "200"), Http2Peer.data(1, Http2Peer.END_STREAM, "late"));
        peer.respond(3, "ok");
        next.ends(200, "ok");
    }

    /** Frames of many bodies that were on their way do not end the connection, on which other exchanges go on. */
    @Test
    void manyBodiesMayBeGivenUpAtOnce() {
        List<Recorded> given = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            given.add(server.get("/" + i));
        }
        Recorded other = server.get("/other");
        Http2Peer peer = Http2Peer.begun(server);
        for (int i = 0; i < 21; i++) {
            peer.request();
        }
        given.forEach(recorded -> recorded.exchange().cancel());
        for (int stream = 1; stream < 41; stream += 2) {
            peer.resetOf(stream);
        }
        for (int stream = 1; stream < 41; stream += 2) {
            peer.send(peer.headers(stream, 0, ":status", "200"));
            for (int i = 0; i < 60; i++) {
                peer.send(Http2Peer.data(stream, 0, "x".repeat(1000)));
            }
        }
        peer.respond(41, "ok");
        other.ends(200, "ok");
    }

    @Test
    void aPausedExchangeHoldsItsServerBackAndNotTheOthers() {
        Recorded paused = server.get("/1");
        paused.onPiece(HttpExchange::pause);
        Recorded other = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        String piece = "x".repeat(16_384);
        peer.send(peer.headers(1, 0, ":status", "200"));
        for (int i = 0; i < 16; i++) {
            peer.send(Http2Peer.data(1, 0, piece));
        }
        peer.respond(3, "other");
        other.ends(200, "other");
        assertEquals(1, paused.pieces());
        assertTrue(peer.all(Http2Peer.WINDOW_UPDATE).stream().allMatch(frame -> frame.stream() == 0));
        paused.onPiece(_ -> {});
        paused.exchange().resume();
        peer.next("the window", frame -> frame.type() == Http2Peer.WINDOW_UPDATE && frame.stream() == 1);
        peer.send(Http2Peer.data(1, Http2Peer.END_STREAM, "end"));
        paused.ends(200, piece.repeat(16) + "end");
    }

    @Test
    void aPingIsResponded() {
        server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(Http2Peer.frame(Http2Peer.PING, 0, 0, "12345678".getBytes(ISO_8859_1)));
        Http2Peer.Frame pong = peer.next(Http2Peer.PING);
        assertTrue(pong.has(Http2Peer.ACK));
        assertEquals("12345678", new String(pong.payload(), ISO_8859_1));
    }
}
