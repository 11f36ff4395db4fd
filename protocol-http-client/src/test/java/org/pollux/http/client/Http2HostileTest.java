package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.http.client.Http2Peer.CONTINUATION;
import static org.pollux.http.client.Http2Peer.DATA;
import static org.pollux.http.client.Http2Peer.END_STREAM;
import static org.pollux.http.client.Http2Peer.GOAWAY;
import static org.pollux.http.client.Http2Peer.HEADERS;
import static org.pollux.http.client.Http2Peer.PING;
import static org.pollux.http.client.Http2Peer.SETTINGS;
import static org.pollux.http.client.Http2Peer.frame;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.client.HttpFailure.Reason;

/** Servers that break the rules of HTTP/2, or end. Each is told as what it is, and costs a bounded amount of work. */
final class Http2HostileTest {

    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int COMPRESSION_ERROR = 9;
    private static final int CALM = 11;

    private static final int STREAMS = 3;

    @AutoClose
    private final HandServer server =
            new HandServer(ClientSettings.defaults().withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE));

    interface Attack {
        byte[] bytes(Http2Peer peer);
    }

    /** A fault that ends the connection. */
    record Case(String name, int error, String words, Attack attack) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] repeated(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    private static byte[] joined(byte[]... parts) {
        int length = Stream.of(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static List<Case> attacks() {
        return List.of(
                new Case(
                        "a push",
                        PROTOCOL_ERROR,
                        "pushes",
                        _ -> frame(Http2Peer.PUSH_PROMISE, 4, 1, Http2Peer.numbers(2))),
                new Case(
                        "a stream that is not open",
                        PROTOCOL_ERROR,
                        "not open: 7",
                        peer -> peer.headers(7, END_STREAM, ":status", "200")),
                new Case("a stream of the server", PROTOCOL_ERROR, "not open: 2", _ -> Http2Peer.data(2, 0, "x")),
                new Case(
                        "a reset of a stream that is not open",
                        PROTOCOL_ERROR,
                        "not open: 9",
                        _ -> Http2Peer.reset(9, CANCEL)),
                new Case(
                        "HPACK that is not valid",
                        COMPRESSION_ERROR,
                        "HPACK",
                        _ -> frame(HEADERS, 4, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff)),
                new Case(
                        "a head that is too long, encoded",
                        CALM,
                        "longer than 32768",
                        peer -> joined(
                                frame(HEADERS, 0, 1, new byte[16_384]),
                                frame(CONTINUATION, 0, 1, new byte[16_384]),
                                frame(CONTINUATION, 0, 1, new byte[16_384]))),
                new Case(
                        "CONTINUATION without end",
                        CALM,
                        "more than 8 CONTINUATION",
                        peer -> joined(frame(HEADERS, 0, 1), repeated(frame(CONTINUATION, 0, 1), 20))),
                new Case(
                        "CONTINUATION outside a head",
                        PROTOCOL_ERROR,
                        "outside a head",
                        _ -> frame(CONTINUATION, 4, 1)),
                new Case(
                        "a frame inside a head",
                        PROTOCOL_ERROR,
                        "inside a head",
                        _ -> joined(frame(HEADERS, 0, 1), Http2Peer.data(1, 0, "x"))),
                new Case("settings without end", CALM, "too many frames", _ -> repeated(frame(SETTINGS, 0, 0), 1200)),
                new Case(
                        "pings without end",
                        CALM,
                        "too many frames",
                        _ -> repeated(frame(PING, 0, 0, new byte[8]), 1200)),
                new Case(
                        "unknown frames without end",
                        CALM,
                        "too many frames",
                        _ -> repeated(frame(0x77, 0, 0, new byte[3]), 1200)),
                new Case(
                        "empty frames without end",
                        CALM,
                        "too many frames",
                        peer -> joined(peer.headers(1, 0, ":status", "200"), repeated(Http2Peer.data(1, 0, ""), 1200))),
                new Case("windows without end", CALM, "too many frames", _ -> repeated(Http2Peer.window(0, 1), 1200)),
                new Case(
                        "a window of nothing",
                        FLOW_CONTROL_ERROR,
                        "widens the window by 0",
                        _ -> Http2Peer.window(0, 0)),
                new Case(
                        "a window that is too wide",
                        FLOW_CONTROL_ERROR,
                        "widens the window",
                        _ -> Http2Peer.window(0, Integer.MAX_VALUE)),
                new Case(
                        "settings that are not valid",
                        FLOW_CONTROL_ERROR,
                        "not valid",
                        _ -> frame(SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0)),
                new Case("a frame that is too large", 6, "malformed", _ -> frame(DATA, 0, 1, new byte[16_385])),
                new Case(
                        "GOAWAY that takes back",
                        PROTOCOL_ERROR,
                        "rises from 1 to 3",
                        _ -> joined(Http2Peer.goAway(1, 0, ""), Http2Peer.goAway(3, 0, ""))));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aFaultThatConcernsAllEndsTheConnection(Case one) {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(one.attack().bytes(peer));
        recorded.fails(Reason.MALFORMED, one.words());
        assertEquals(one.error(), peer.next(GOAWAY).number(4));
        peer.peer.receivesEnd();
        Recorded next = server.get("/next");
        Http2Peer other = Http2Peer.begun(server);
        other.request();
        other.respond(1, "ok");
        next.ends(200, "ok");
    }

    /** A fault that ends its stream: the next request goes on the same connection. */
    private void ended(int error, Reason reason, String words, Attack attack) {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(attack.bytes(peer));
        recorded.fails(reason, words);
        assertEquals(error, peer.resetOf(1));
        Recorded next = server.get("/next");
        assertEquals(STREAMS, peer.request());
        peer.respond(3, "ok");
        next.ends(200, "ok");
    }

    @Test
    void aHeadThatIsTooLongWhenItIsDecodedEndsItsStream() {
        ended(CANCEL, Reason.TOO_LONG, "the head of the response is longer than 32768 bytes", peer -> {
            String[] fields = new String[2 * 400];
            Arrays.fill(fields, "a".repeat(100)); // one entry of the table, 400 times
            fields[0] = ":status";
            fields[1] = "200";
            return peer.headers(1, END_STREAM, fields);
        });
    }

    @Test
    void aHeadWithoutAStatusEndsItsStream() {
        ended(PROTOCOL_ERROR, Reason.MALFORMED, "a head has no ':status'", peer -> peer.headers(1, 0, "a", "b"));
    }

    @Test
    void aFieldOfHttp1EndsItsStream() {
        ended(
                PROTOCOL_ERROR,
                Reason.MALFORMED,
                "HTTP/2 has no field connection",
                peer -> peer.headers(1, 0, ":status", "200", "connection", "close"));
    }

    @Test
    void aNameInUpperCaseEndsItsStream() {
        ended(
                PROTOCOL_ERROR,
                Reason.MALFORMED,
                "not a token in lower case",
                peer -> peer.headers(1, 0, ":status", "200", "Upper", "x"));
    }

    @Test
    void aPseudoFieldBehindOthersEndsItsStream() {
        ended(
                PROTOCOL_ERROR,
                Reason.MALFORMED,
                "not at its place",
                peer -> peer.headers(1, 0, ":status", "200", "a", "b", ":status", "200"));
    }

    @Test
    void aBodyThatIsLongerThanItsHeadSaysEndsItsStream() {
        ended(
                PROTOCOL_ERROR,
                Reason.MALFORMED,
                "longer than its head says: more than 2 bytes",
                peer -> joined(
                        peer.headers(1, 0, ":status", "200", "content-length", "2"), Http2Peer.data(1, 0, "abc")));
    }

    @Test
    void aBodyThatIsShorterThanItsHeadSaysIsNotWhole() {
        ended(
                CANCEL,
                Reason.SHORT_BODY,
                "body ended early: 2 of 3 bytes had come",
                peer -> joined(
                        peer.headers(1, 0, ":status", "200", "content-length", "3"),
                        Http2Peer.data(1, END_STREAM, "ab")));
    }

    @Test
    void aServerThatSendsMoreThanItMayEndsItsStream() {
        Recorded paused = server.get("/");
        paused.onPiece(HttpExchange::pause);
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(peer.headers(1, 0, ":status", "200"), repeated(Http2Peer.data(1, 0, "x".repeat(16_384)), 18));
        paused.fails(Reason.MALFORMED, "sends more than it may");
        assertEquals(FLOW_CONTROL_ERROR, peer.resetOf(1));
    }

    /** It has all of its response, but takes it slowly. */
    @Test
    void aBodyThatContinuesBehindItsEndEndsItsStream() {
        Recorded paused = server.get("/");
        paused.onPiece(HttpExchange::pause);
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(
                peer.headers(1, 0, ":status", "200"),
                Http2Peer.data(1, 0, "abc"),
                Http2Peer.data(1, END_STREAM, "def"),
                Http2Peer.data(1, END_STREAM, "ghi"));
        paused.fails(Reason.MALFORMED, "a body continues behind its end");
        assertEquals(STREAM_CLOSED, peer.resetOf(1));
    }

    @Test
    void aHeadBehindTheEndEndsItsStream() {
        Recorded paused = server.get("/");
        paused.onPiece(HttpExchange::pause);
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(
                peer.headers(1, 0, ":status", "200"),
                Http2Peer.data(1, 0, "abc"),
                Http2Peer.data(1, END_STREAM, "def"),
                peer.headers(1, END_STREAM, "a", "b"));
        paused.fails(Reason.MALFORMED, "a head comes behind the end of its response");
        assertEquals(STREAM_CLOSED, peer.resetOf(1));
    }

    // ---- the ends of connections

    /** The response waits in memory for a call that takes it slowly. The connection is needed no more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResponseThatIsWholeIsTakenToItsEndAfterItsConnectionHasEnded(boolean abrupt) {
        Recorded paused = server.get("/");
        paused.onPiece(HttpExchange::pause);
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(peer.headers(1, 0, ":status", "200", "content-length", "9"), Http2Peer.data(1, 0, "abc"));
        server.turned.turnUntil("the body comes", () -> paused.text().equals("abc"));
        peer.send(
                Http2Peer.data(1, 0, "def"),
                Http2Peer.data(1, END_STREAM, "ghi"),
                frame(PING, 0, 0, new byte[8]),
                Http2Peer.goAway(1, 0, "restart"));
        assertTrue(peer.next(PING).has(Http2Peer.ACK), "all of it has arrived");
        if (abrupt) {
            peer.peer.reset();
        } else {
            peer.peer.closeOutput();
        }
        Recorded next = server.get("/next");
        Http2Peer other = Http2Peer.begun(server);
        other.respond(other.request(), "next");
        next.ends(200, "next");
        paused.onPiece(_ -> {});
        paused.exchange().resume();
        paused.ends(200, "abcdefghi");
    }

    @Test
    void aPausedResponseThatIsWholeFailsWithItsClient() {
        Recorded paused = server.get("/");
        paused.onPiece(HttpExchange::pause);
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.send(
                peer.headers(1, 0, ":status", "200"),
                Http2Peer.data(1, 0, "abc"),
                Http2Peer.data(1, END_STREAM, "def"),
                frame(PING, 0, 0, new byte[8]));
        assertTrue(peer.next(PING).has(Http2Peer.ACK), "all of it has arrived");
        peer.peer.reset();
        server.turned.settle();
        server.client.close();
        paused.fails(Reason.CLIENT_CLOSED, "the client is closed");
    }

    /** Its handler has heard of a response, so it cannot hear of another one. */
    @Test
    void aRefusalBehindAHeadIsAFailure() {
        Recorded first = server.get("/1");
        Recorded second = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        peer.send(peer.headers(1, 0, ":status", "200"), Http2Peer.data(1, 0, "abc"));
        peer.send(Http2Peer.reset(1, REFUSED_STREAM));
        first.fails(
                Reason.SHORT_BODY, "body ended early: 3 bytes had come: the server ended the exchange: REFUSED_STREAM");
        peer.send(peer.headers(3, 0, ":status", "200"), Http2Peer.goAway(1, 0, ""));
        second.fails(
                Reason.SHORT_BODY, "body ended early: 0 bytes had come: the server ended the connection: NO_ERROR");
    }

    @Test
    void aRequestAboveTheLastOneOfGoAwayIsSentAgainAndTheOthersEnd() {
        Recorded first = server.get("/1");
        Recorded post =
                server.send(HttpRequest.of("POST", Url.parse(server.url("/2"))).body(new byte[3]));
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        peer.send(Http2Peer.goAway(1, 0, "restart"));
        Http2Peer other = Http2Peer.begun(server);
        other.request();
        assertTrue(other.head().contains(":method: POST\n"), other::head);
        peer.respond(1, "one");
        first.ends(200, "one");
        peer.peer.receivesEnd();
        other.respond(1, "two");
        post.ends(200, "two");
    }

    @Test
    void aRefusedStreamIsSentAgainButNotForEver() {
        Recorded post = server.send(HttpRequest.of("POST", Url.parse(server.url("/"))));
        Http2Peer peer = Http2Peer.begun(server);
        for (int i = 0; i < 5; i++) {
            peer.send(Http2Peer.reset(peer.request(), REFUSED_STREAM));
        }
        post.fails(Reason.NO_RESPONSE, "the server ended the exchange: REFUSED_STREAM before a response came");
    }

    @Test
    void aServerThatWantsCalmIsNotAskedAgain() {
        Recorded first = server.get("/1");
        Recorded second = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        peer.send(Http2Peer.reset(1, CALM), Http2Peer.goAway(1, CALM, "slow \1 down"));
        first.fails(Reason.NO_RESPONSE, "ENHANCE_YOUR_CALM: it asks for fewer requests");
        second.fails(Reason.NO_RESPONSE, "ENHANCE_YOUR_CALM: it asks for fewer requests ('slow . down')");
    }

    @Test
    void aConnectionThatBreaksInABodyIsToldAndAWaitingGetIsSentAgain() {
        Recorded body = server.get("/1");
        Recorded untouched = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.request();
        peer.send(peer.headers(1, 0, ":status", "200"), Http2Peer.data(1, 0, "abc"));
        server.turned.turnUntil("the body comes", () -> body.text().equals("abc"));
        peer.peer.reset();
        body.fails(Reason.SHORT_BODY, "body ended early: 3 bytes had come: ");
        Http2Peer other = Http2Peer.begun(server);
        other.request();
        other.respond(1, "two");
        untouched.ends(200, "two");
    }

    @Test
    void noMoreRequestsAreUnderWayThanTheServerAllows() throws Exception {
        Recorded first = server.get("/1");
        Recorded second = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server, 3, 1);
        peer.request();
        assertEquals(1, peer.all(HEADERS).size());
        assertFalse(server.hasConnectionWaiting());
        peer.respond(1, "one");
        first.ends(200, "one");
        peer.request();
        peer.respond(3, "two");
        second.ends(200, "two");
    }

    @Test
    void aSecondConnectionIsOpenedWhenThatIsAllowed() {
        server.use(ClientSettings.defaults()
                .withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE)
                .withHttp2(Http2ClientSettings.defaults().streams(2, 1)));
        Recorded first = server.get("/1");
        Recorded second = server.get("/2");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        Http2Peer other = Http2Peer.begun(server);
        other.request();
        other.respond(1, "two");
        peer.respond(1, "one");
        first.ends(200, "one");
        second.ends(200, "two");
    }

    @Test
    void aSilentServerIsAskedAndThenGivenUp() {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        server.turned.settle();
        server.pass(Duration.ofSeconds(16));
        assertFalse(peer.next(PING).has(Http2Peer.ACK));
        assertFalse(recorded.isOver());
        peer.send(frame(PING, Http2Peer.ACK, 0, new byte[8]));
        server.turned.settle();
        server.pass(Duration.ofSeconds(13));
        assertFalse(recorded.isOver());
        server.pass(Duration.ofSeconds(2));
        recorded.fails(Reason.TIMED_OUT, "no byte of a response from " + server.authority());
    }

    @Test
    void aServerThatDoesNotRespondToAPingIsLost() {
        server.use(ClientSettings.defaults()
                .withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE)
                .timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        server.turned.settle();
        server.pass(Duration.ofSeconds(16));
        peer.next(PING);
        server.pass(Duration.ofSeconds(16));
        recorded.fails(Reason.NO_RESPONSE, "the server did not respond to a PING within 15 s");
    }

    @Test
    void anIdleConnectionIsClosedAfterAWhile() {
        Recorded recorded = server.get("/");
        Http2Peer peer = Http2Peer.begun(server);
        peer.request();
        peer.respond(1, "ok");
        recorded.ends(200, "ok");
        server.pass(Duration.ofSeconds(31));
        assertEquals(0, peer.next(GOAWAY).number(4));
        peer.peer.receivesEnd();
    }

    @Test
    void aServerThatSpeaksHttp1AloneIsTold() {
        Recorded recorded = server.get("/");
        server.accept().send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
        recorded.fails(
                Reason.NOT_HTTP,
                server.authority() + " does not speak HTTP/2: its response begins with 'HTTP/1.1 400 Bad Request....'");
    }

    @Test
    void whenNoConnectionCanBeOpenedAllThatWaitForItFail() {
        server.use(ClientSettings.defaults().withVersions(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE));
        HttpRequest dead = HttpRequest.get("http://127.0.0.1:1/");
        List<Recorded> all = List.of(server.send(dead), server.send(dead), server.send(dead));
        all.forEach(recorded -> recorded.fails(Reason.CONNECT, "no connection to 127.0.0.1:1"));
    }
}
