package org.pollux.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.testkit.Peer;

/** Connections are kept, bounded, and exchanged when they have gone stale. */
final class ConnectionsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private HandServer server = new HandServer();

    private void bounded(int perHost, int all) {
        server.close();
        server = new HandServer(ClientSettings.defaults().connections(perHost, all));
    }

    /** A connection on which a request was responded. */
    private Peer kept() {
        Recorded first = server.get("/first");
        Peer peer = server.acceptRequest().send(OK);
        first.ends(200, "ok");
        return peer;
    }

    @Test
    void aKeptConnectionServesTheNextRequest() {
        Peer peer = kept();
        Recorded second = server.get("/second");
        assertTrue(server.request(peer, 2).contains("GET /second "));
        peer.send(OK);
        second.ends(200, "ok");
    }

    @Test
    void anIdleConnectionIsClosedAfterAWhile() {
        Peer peer = kept();
        assertTrue(peer.isConnected());
        server.pass(Duration.ofSeconds(31));
        peer.receivesEnd();
    }

    @Test
    void anIdleConnectionThatTheServerClosesIsForgotten() {
        Peer peer = kept();
        peer.closeOutput();
        peer.receivesEnd();
        server.turned.settle();
        Recorded next = server.get("/next");
        server.acceptRequest().send(OK);
        next.ends(200, "ok");
    }

    @Test
    void whatComesUnaskedEndsAnIdleConnection() {
        kept().send("HTTP/1.1 408 Request Timeout\r\n\r\n").receivesReset();
    }

    private Recorded head(String path) {
        return server.send(HttpRequest.of("HEAD", Url.parse(server.url(path))));
    }

    @Test
    void aBodyBehindAResponseToHeadEndsTheConnection() {
        Recorded first = head("/first");
        Peer peer = server.acceptRequest().send(OK);
        first.ends(200, "");
        awaitEnd(peer);
    }

    @Test
    void aBodyThatComesALittleLaterEndsItTooBeforeTheNextRequestIsSent() {
        Recorded first = head("/first");
        Peer peer = server.acceptRequest();
        first.onOver(() -> peer.send("ok")); // in the callback that says that it is whole
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        first.ends(200, "");
        Recorded second = head("/second");
        Peer other = server.acceptRequest().send("HTTP/1.1 200 OK\r\n\r\n");
        second.ends(200, "");
        assertFalse(HandServer.text(peer).contains("/second"));
        assertTrue(HandServer.text(other).contains("/second"));
    }

    @Test
    void aConnectionBehindAResponseWithoutABodyIsUsedAgainAllTheSame() throws Exception {
        Recorded first = head("/first");
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        first.ends(200, "");
        Recorded second = head("/second"); // at once: it waits for a moment
        server.request(peer, 2);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        second.ends(200, "");
        assertFalse(server.hasConnectionWaiting());
    }

    @Test
    void moreThanOneWaitForNoConnectionThatRests() throws Exception {
        Recorded first = head("/first");
        Peer peer = server.acceptRequest();
        first.onOver(() -> {
            head("/second");
            head("/third");
        });
        peer.send("HTTP/1.1 200 OK\r\n\r\n");
        first.ends(200, "");
        server.accept();
        server.request(peer, 2);
    }

    @Test
    void aRestOfTheResponseBeforeIsNoResponse() {
        Peer stale = kept();
        Recorded next = server.get("/next");
        server.request(stale, 2);
        stale.send("<html>not of this request</html>");
        server.acceptRequest().send(OK);
        next.ends(200, "ok");
        stale.receivesReset();
    }

    @Test
    void aServerThatIsTiredOfAnIdleConnectionIsAskedAgainOnANewOne() {
        Peer stale = kept();
        Recorded next = server.get("/next");
        server.request(stale, 2);
        stale.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        server.acceptRequest().send(OK);
        next.ends(200, "ok");
    }

    @Test
    void aPostGetsTheResponseThatThereIs() {
        Peer stale = kept();
        Recorded next = server.send(HttpRequest.of("POST", Url.parse(server.url("/"))));
        server.request(stale, 2);
        stale.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        next.ends(408, "");
    }

    @Test
    void aResponseBeforeTheRequestWasSentEndsTheConnection() throws Exception {
        byte[] body = new byte[20_000_000];
        Recorded first =
                server.send(HttpRequest.of("PUT", Url.parse(server.url("/"))).body(body));
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
        first.ends(413, "");
        server.get("/next");
        assertTrue(server.hasConnectionWaiting());
    }

    /** By a reset when the client has not read all that came. */
    private void awaitEnd(Peer peer) {
        server.turned.turnUntil("the connection ends", () -> !peer.isConnected());
    }

    @Test
    void aSecondResponseThatNobodyAskedForIsNotTheNextOnes() {
        Recorded first = server.get("/first");
        Peer peer = server.acceptRequest().send(OK + OK);
        first.ends(200, "ok");
        awaitEnd(peer);
        Recorded second = server.get("/second");
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew");
        second.ends(200, "new");
    }

    @Test
    void aRequestThatMetAClosingConnectionIsSentAgainOnANewOneOnce() {
        Peer stale = kept();
        Recorded next = server.get("/next");
        server.request(stale, 2);
        stale.reset();
        Peer fresh = server.acceptRequest();
        fresh.reset();
        next.fails(Reason.NO_RESPONSE, "before a response came");
    }

    @Test
    void theSecondOneResponds() {
        Peer stale = kept();
        Recorded next = server.get("/next");
        server.request(stale, 2);
        stale.closeOutput();
        server.acceptRequest().send(OK);
        next.ends(200, "ok");
    }

    @Test
    void aRequestIsNotRepeatedWhenItsResponseHadBegun() {
        Peer stale = kept();
        Recorded next = server.get("/next");
        server.request(stale, 2);
        stale.send("H").closeOutput();
        next.fails(Reason.NO_RESPONSE, "before the head of the response was whole");
    }

    @Test
    void aPostIsNeverRepeated() {
        Peer stale = kept();
        Recorded next = server.send(HttpRequest.of("POST", Url.parse(server.url("/"))));
        server.request(stale, 2);
        stale.closeOutput();
        next.fails(Reason.NO_RESPONSE, "before a response came");
    }

    @Test
    void noMoreConnectionsThanAllowedLeadToOneHost() throws Exception {
        bounded(2, 10);
        List<Recorded> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(server.get("/" + i));
        }
        Peer one = server.acceptRequest();
        Peer other = server.acceptRequest();
        assertFalse(server.hasConnectionWaiting());
        for (int i = 1; i <= 2; i++) {
            one.send(OK);
            server.request(one, i + 1);
        }
        one.send(OK);
        server.turned.turnUntil(
                "three are responded",
                () -> all.stream().filter(Recorded::isOver).count() == 3);
        server.request(one, 4);
        one.send(OK);
        other.send(OK);
        all.forEach(recorded -> recorded.ends(200, "ok"));
    }

    @Test
    void anIdleConnectionMakesRoomForAnotherHost() throws Exception {
        bounded(5, 1);
        Peer idle = kept();
        try (HandServer elsewhere = new HandServer()) {
            Recorded other = server.send(HttpRequest.get(elsewhere.url("/other")));
            server.turned.settle();
            idle.receivesEnd();
            Peer peer = server.acceptRequest(elsewhere);
            peer.send(OK);
            other.ends(200, "ok");
        }
    }

    @Test
    void hostsTakeTurnsWhenConnectionsAreShort() throws Exception {
        bounded(1, 1);
        try (HandServer elsewhere = new HandServer()) {
            List<Recorded> here = List.of(server.get("/1"), server.get("/2"), server.get("/3"));
            Recorded there = server.send(HttpRequest.get(elsewhere.url("/other")));
            Peer first = server.acceptRequest();
            first.send(OK);
            server.request(first, 2);
            first.send(OK);
            here.get(1).ends(200, "ok");
            Peer peer = server.acceptRequest(elsewhere);
            peer.send(OK);
            there.ends(200, "ok");
            server.acceptRequest().send(OK);
            here.forEach(recorded -> recorded.ends(200, "ok"));
        }
    }

    @Test
    void aRunEndsWhenTheClientIsClosed() {
        Peer peer = kept();
        server.client.close();
        peer.receivesEnd();
        peer.close();
        server.turned.settle();
        assertEquals(org.pollux.reactor.RunResult.EMPTY, server.turned.reactor().run());
    }
}
