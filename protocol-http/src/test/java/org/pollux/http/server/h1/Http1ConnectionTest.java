package org.pollux.http.server.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.http.EventStream;
import org.pollux.http.Response;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandConnection;

/** Requests one after the other: order, keep-alive, backpressure, time-outs and ends. */
class Http1ConnectionTest {

    private static final String GET_A = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String GET_B = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String GET_LATER = "GET /later HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String A = HandServer.ok("/a");
    private static final String B = HandServer.ok("/b");
    private static final String CLOSE = "Connection: close\r\n";
    private static final Duration IDLE = HttpSettings.defaults().connection().idleTimeout();
    private static final Duration HEAD = HttpSettings.defaults().head().timeout();

    private final List<Response> waiting = new ArrayList<>();
    private final HandServer server = new HandServer()
            .withText("/a")
            .withText("/b")
            .with("/later", (request, response) -> waiting.add(response))
            .with("/large", (request, response) -> response.send(new byte[40_000]));
    private final HandConnection client = server.connect();

    // ---- pipelining

    @Test
    void requestsInOnePieceAreAnsweredInOrder() {
        assertEquals(A + B + A, client.receive(GET_A + GET_B + GET_A).takeSent());
        assertEquals(0, client.unread());
        assertFalse(client.isReadingPaused());
    }

    @Test
    void nothingIsReadAheadOfALateResponse() {
        client.receive(GET_A + GET_LATER + GET_B);
        assertEquals(A, client.takeSent());
        assertTrue(client.isReadingPaused());
        client.receive(GET_A);
        assertEquals("", client.takeSent());

        waiting.removeFirst().send("late");
        server.reactor.settle();
        assertEquals(HandServer.ok("late") + B + A, client.takeSent());
        assertFalse(client.isReadingPaused());
        assertEquals(0, client.unread());
    }

    @Test
    void aClientThatSendsNothingAheadIsNotPaused() {
        client.receive(GET_LATER);
        assertFalse(client.isReadingPaused());
        waiting.removeFirst().send("late");
        assertEquals(HandServer.ok("late"), client.takeSent());
        assertEquals(A, client.receive(GET_A).takeSent());
    }

    @Test
    void nothingIsServedAboveTheHighWaterMark() {
        String large = "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
        client.block().receive(large + large + GET_A + GET_B);
        assertTrue(client.isReadingPaused());
        assertEquals(GET_A.length() + GET_B.length(), client.unread());
        String all = client.drain().takeSent();
        assertEquals(4, all.split("Content-Length", -1).length - 1);
        assertTrue(all.endsWith(A + B));
        assertFalse(client.isReadingPaused());
    }

    @Test
    void bytesThatComeAboveTheHighWaterMarkWait() {
        String large = "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
        client.block().receive(large + large);
        assertFalse(client.isReadingPaused());
        client.receive(GET_A);
        assertTrue(client.isReadingPaused());
        assertEquals(GET_A.length(), client.unread());
        assertTrue(client.drain().takeSent().endsWith(A));
    }

    // ---- keep-alive (RFC 9112, section 9.3)

    @Test
    void aConnectionPersistsAsTheVersionAndTheOptionsSay() {
        persists("HTTP/1.1", "", "");
        persists("HTTP/1.1", "keep-alive", "");
        persists("HTTP/1.1", "closed, x-close", "");
        persists("HTTP/1.2", "", "");
        persists("HTTP/1.0", "keep-alive", "Connection: keep-alive\r\n");
        persists("HTTP/1.0", "x, Keep-Alive", "Connection: keep-alive\r\n");
        closes("HTTP/1.1", "close");
        closes("HTTP/1.1", "keep-alive, CLOSE");
        closes("HTTP/1.0", "");
        closes("HTTP/1.0", "keep-alive, close");
    }

    private void persists(String version, String option, String fields) {
        HandConnection one = server.connect();
        String request = "GET /a " + version + "\r\nHost: h\r\nConnection: " + option + "\r\n\r\n";
        assertEquals(
                HandServer.ok(fields, "/a") + B, one.receive(request + GET_B).takeSent());
        assertFalse(one.isClosed());
    }

    private void closes(String version, String option) {
        HandConnection one = server.connect();
        String request = "GET /a " + version + "\r\nHost: h\r\nConnection: " + option + "\r\n\r\n";
        assertEquals(HandServer.ok(CLOSE, "/a"), one.receive(request + GET_B).takeSent());
        assertTrue(one.isClosed() && !one.isReset());
        assertFalse(one.isReadingPaused());
        assertFalse(one.lingers(), "the client has said that it sends nothing more");
    }

    @Test
    void eachRequestSaysAnewThatTheConnectionGoesOn() {
        client.receive("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n" + GET_A);
        assertEquals(HandServer.ok("Connection: keep-alive\r\n", "/a") + HandServer.ok(CLOSE, "/b"), client.takeSent());
    }

    @Test
    void severalConnectionFieldsCount() {
        client.receive("GET /a HTTP/1.1\r\nConnection: x\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertEquals(HandServer.ok(CLOSE, "/a"), client.takeSent());
    }

    // ---- HEAD

    @Test
    void headIsAnsweredAsGetWithoutTheBody() {
        String head = HandServer.ok("/a").replace("\r\n\r\n/a", "\r\n\r\n");
        assertEquals(
                head + B, client.receive(GET_A.replace("GET", "HEAD") + GET_B).takeSent());
        String missing = server.answer("HEAD /none HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals(HandServer.own(404, "").replace("\r\n\r\n404 Not Found\n", "\r\n\r\n"), missing);
        String large = server.answer("HEAD /large HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(large.endsWith("Content-Length: 40000\r\n\r\n"), large);
        String refused = server.answer("HEAD /a HTTP/1.1\r\nHost: h\r\nExpect: no\r\n\r\n");
        assertTrue(refused.endsWith(CLOSE + "\r\n"), refused);
    }

    // ---- time

    @Test
    void anIdleConnectionIsClosed() {
        assertEquals(IDLE, client.idle());
        client.receive(GET_A).takeSent();
        assertEquals(IDLE, client.idle());
        client.timeOut();
        assertTrue(client.isClosed() && !client.isReset());
        assertTrue(client.lingers(), "a request may be on its way");
        assertEquals("", client.takeSent());
    }

    @Test
    void anEmptyLineIsNoRequestAndLeavesTheConnectionIdle() {
        client.receive("\r");
        client.receive("\n");
        assertEquals(IDLE, client.idle());
        assertEquals(0, client.unread());
        assertEquals(A, client.receive(GET_A).takeSent());
    }

    @Test
    void aHeadThatDripsIsCutOffWhenItsTimeIsOver() {
        client.receive("G");
        assertEquals(HEAD, client.idle());
        server.time.pass(Duration.ofSeconds(4));
        client.receive("E");
        assertEquals(Duration.ofSeconds(6), client.idle());
        server.time.pass(Duration.ofSeconds(6));
        client.timeOut();
        assertEquals(HandServer.refusal(408).replace(":37 GMT", ":47 GMT"), client.takeSent());
        assertTrue(client.isClosed());
    }

    @Test
    void aHeadThatIsLateWhenItGoesOnIsCutOffThen() {
        client.receive("G");
        server.time.pass(HEAD);
        assertTrue(client.receive("E").takeSent().startsWith("HTTP/1.1 408 "));
        assertTrue(client.isClosed());
    }

    @Test
    void eachHeadHasItsOwnTime() {
        client.receive("G");
        server.time.pass(Duration.ofSeconds(9));
        client.receive(GET_A.substring(1) + "G");
        assertTrue(client.takeSent().endsWith("/a"));
        assertEquals(HEAD, client.idle());
        client.receive(GET_B.substring(1));
        assertEquals(IDLE, client.idle());
        assertTrue(client.takeSent().endsWith("/b"));
    }

    @Test
    void aResponseMayTakeItsTime() {
        client.receive(GET_LATER).timeOut().timeOut();
        assertFalse(client.isClosed());
        waiting.removeFirst().send("late");
        assertEquals(HandServer.ok("late"), client.takeSent());
    }

    @Test
    void aClientThatDoesNotReadIsAborted() {
        client.block().receive(GET_A).timeOut();
        assertTrue(client.isReset());
    }

    // ---- ends

    @Test
    void theEndOfInputClosesAnIdleConnection() {
        assertTrue(client.receive(GET_A).receiveEnd().isClosed());
        assertEquals(A, client.takeSent());
        assertTrue(server.connect().receive("GET /a").receiveEnd().isClosed());
    }

    @Test
    void theEndOfInputLetsALateResponseFinish() {
        client.receive(GET_LATER).receiveEnd();
        assertFalse(client.isClosed());
        waiting.removeFirst().send("late");
        assertEquals(HandServer.ok(CLOSE, "late"), client.takeSent());
        assertTrue(client.isClosed());
    }

    @Test
    void theEndOfInputWaitsForRequestsThatCameBeforeIt() {
        client.receive(GET_LATER + GET_LATER).receiveEnd();
        waiting.removeFirst().send("1");
        server.reactor.settle();
        assertEquals(HandServer.ok("1"), client.takeSent());
        waiting.removeFirst().send("2");
        assertEquals(HandServer.ok(CLOSE, "2"), client.takeSent());
    }

    @Test
    void nobodyWaitsForEverForAResponseToAClientThatLeft() {
        client.receive(GET_LATER).receiveEnd().timeOut();
        assertTrue(client.isReset());
    }

    @Test
    void aShutdownClosesConnectionsThatWaitForARequestAfterAMoment() {
        HandConnection used = server.connect().receive(GET_A);
        assertFalse(client.shutDown().isClosed());
        assertFalse(used.shutDown().isClosed());
        server.reactor.toNextTimer();
        assertTrue(client.isClosed());
        assertTrue(used.isClosed());
    }

    @Test
    void aRequestThatWasOnItsWayWhenTheServerEndsIsTheLast() {
        client.shutDown().receive(GET_A + GET_B);
        assertEquals(HandServer.ok(CLOSE, "/a"), client.takeSent());
        assertTrue(client.isClosed());

        HandConnection used = server.connect().receive(GET_A);
        used.takeSent();
        assertEquals(HandServer.ok(CLOSE, "/b"), used.shutDown().receive(GET_B).takeSent());
        assertTrue(used.isClosed());
    }

    @Test
    void aRequestThatIsNotOverWhenThatMomentIsGoesOn() {
        client.shutDown().receive(GET_LATER);
        HandConnection begun = server.connect().shutDown().receive(GET_A.substring(0, 9));
        server.reactor.toNextTimer();
        waiting.removeFirst().send("late");
        assertEquals(HandServer.ok(CLOSE, "late"), client.takeSent());
        assertEquals(
                HandServer.ok(CLOSE, "/a"), begun.receive(GET_A.substring(9)).takeSent());
    }

    @Test
    void nothingIsLeftOfAConnectionThatIsLostAfterAShutdown() {
        client.shutDown().reset();
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void aShutdownLetsARequestFinish() {
        client.receive(GET_LATER).shutDown();
        assertFalse(client.isClosed());
        waiting.removeFirst().send("late");
        assertEquals(HandServer.ok(CLOSE, "late"), client.takeSent());
        assertTrue(client.isClosed());
    }

    @Test
    void aShutdownLetsARequestThatHasBegunToComeFinish() {
        client.receive(GET_A.substring(0, 9)).shutDown();
        assertFalse(client.isClosed());
        assertEquals(
                HandServer.ok(CLOSE, "/a"),
                client.receive(GET_A.substring(9) + GET_B).takeSent());
        assertTrue(client.isClosed());
    }

    @Test
    void aShutdownOfABlockedConnectionServesAtMostOneMore() {
        String large = "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
        client.block().receive(large + large).takeSent();
        client.shutDown();
        server.reactor.toNextTimer();
        assertTrue(client.isClosed());

        HandConnection ahead = server.connect();
        ahead.block().receive(large + large + GET_A + GET_B).shutDown().takeSent();
        assertTrue(ahead.drain().takeSent().endsWith(HandServer.ok(CLOSE, "/a")));
        assertTrue(ahead.isClosed());
    }

    @Test
    void aLateResponseToAClientThatIsGoneIsHarmless() {
        client.receive(GET_LATER).reset();
        waiting.removeFirst().send("late");
        server.reactor.settle();
        assertEquals("", client.takeSent());
    }

    // ---- events and interim responses

    @Test
    void aStreamOfEventsEndsWhenItsClientSendsItsFin() {
        List<EventStream> streams = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        server.with(
                "/events", (request, response) -> streams.add(response.events().onClosed(closed::incrementAndGet)));
        client.receive("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
        assertTrue(streams.getFirst().isOpen());
        client.receiveEnd();
        assertEquals(1, closed.get());
        assertTrue(client.takeSent().endsWith("\r\n\r\n0\r\n\r\n"));
        assertTrue(client.isFinished());
    }

    @Test
    void aClientOfHttp10GetsEventsUntilTheEndOfTheConnection() {
        List<EventStream> streams = new ArrayList<>();
        server.with("/events", (request, response) -> streams.add(response.events()));
        client.receive("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        String head = client.takeSent();
        assertTrue(head.endsWith(CLOSE + "\r\n") && !head.contains("chunked"), head);
        streams.getFirst().send("a");
        assertEquals("data: a\n\n", client.takeSent());
        streams.getFirst().close();
        assertTrue(client.isFinished());
    }

    @Test
    void aClientOfHttp10GetsNoInterimResponse() {
        client.receive("GET /later HTTP/1.0\r\n\r\n");
        waiting.getFirst().inform(103, "Link", "</a>");
        assertEquals("", client.takeSent());
        waiting.getFirst().send("late");
        assertTrue(client.takeSent().startsWith("HTTP/1.1 200 OK\r\n"));
    }

    @Test
    void anInterimResponseHasAReasonAndNoFieldsOfTheServer() {
        client.receive(GET_LATER);
        waiting.getFirst().inform(103, "Link", "</a>").inform(199);
        assertEquals("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 199 \r\n\r\n", client.takeSent());
    }
}
