package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.settings.Http2Limits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.Await;

/** The attacks that other servers had to learn of, and clients that do nothing wrong. */
class Http2LimitsTest {

    private HandServer server = new HandServer();
    private final AtomicInteger called = new AtomicInteger();
    private final List<Response> kept = new ArrayList<>();
    private Http2Peer peer = connect();

    private Http2Peer connect() {
        server.withText("/a").with(Mount.at("/never").methods("*"), (request, response) -> {
            called.incrementAndGet();
            kept.add(response);
        });
        return begin();
    }

    private Http2Peer begin(int... settings) {
        Http2Peer begun = new Http2Peer(server.connect());
        begun.begin(settings);
        server.reactor.settle();
        begun.received();
        return begun;
    }

    /** Begins again with other limits of HTTP/2. */
    private void with(Http2Limits limits) {
        HttpSettings all = HttpSettings.defaults();
        server = new HandServer(new HttpSettings(all.head(), all.body(), all.connection(), limits, all.server()));
        peer = connect();
    }

    private void pass(long seconds) {
        server.time.pass(Duration.ofSeconds(seconds));
        server.reactor.toNextTimer();
        server.reactor.settle();
    }

    private void isCalmed(String limit) {
        server.reactor.settle();
        String outcome = Outcome.of(peer);
        assertTrue(outcome.endsWith("ENHANCE_YOUR_CALM"), outcome);
        assertTrue(peer.connection().isClosed());
        assertEquals(Map.of(limit, 1L), server.limitsMet());
    }

    private void isServed(int stream) {
        Outcome.of(peer);
        peer.send(peer.get(stream, "/a"));
        server.reactor.settle();
        assertEquals(stream + " 200 /a", Outcome.of(peer));
    }

    // ---- resets

    @Test
    void rapidReset() {
        for (int stream = 1; stream <= 201; stream += 2) {
            peer.send(peer.get(stream, "/never"), peer.reset(stream));
        }
        isCalmed("http2Resets (closed)");
        assertEquals(101, called.get());
    }

    /** What a client can do to make the server reset a stream (MadeYouReset). */
    enum Fault {
        NOTHING_IN_A_WINDOW_UPDATE((peer, stream) -> peer.window(stream, 0)),
        A_WINDOW_THAT_IS_TOO_LARGE((peer, stream) -> peer.window(stream, Integer.MAX_VALUE)),
        DATA_BEHIND_THE_END((peer, stream) -> peer.data(stream, 0, "x")),
        TRAILERS_BEHIND_THE_END((peer, stream) -> peer.headers(stream, 1, "a", "b")),
        A_PRIORITY_OF_FOUR_OCTETS((peer, stream) -> Http2Peer.frame(Http2Peer.PRIORITY, 0, stream, new byte[4])),
        A_RESET((peer, stream) -> peer.reset(stream));

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final BiFunction<Http2Peer, Integer, byte[]> frame;

        Fault(BiFunction<Http2Peer, Integer, byte[]> frame) {
            this.frame = frame;
        }
    }

    @ParameterizedTest
    @EnumSource
    void madeYouReset(Fault fault) {
        for (int stream = 1; stream <= 201; stream += 2) {
            peer.send(peer.get(stream, "/never"), fault.frame.apply(peer, stream));
        }
        isCalmed("http2Resets (closed)");
        assertEquals(101, called.get());
    }

    @Test
    void malformedHeadsCountToo() {
        for (int stream = 1; stream <= 201; stream += 2) {
            peer.send(peer.headers(stream, 1, "Accept", "x"));
        }
        isCalmed("http2Resets (closed)");
    }

    @Test
    void bodiesThatDoNotKeepTheirLengthCountToo() {
        for (int stream = 1; stream <= 201; stream += 2) {
            peer.send(
                    peer.headers(
                            stream,
                            0,
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":path",
                            "/never",
                            ":authority",
                            "h",
                            "content-length",
                            "1"),
                    peer.data(stream, 1, "xx"));
        }
        isCalmed("http2Resets (closed)");
    }

    /** All that a browser has under way ends when it leaves a page, and again three seconds later. */
    @Test
    void aBrowserThatNavigatesAwayIsNotCut() {
        int stream = 1;
        for (int page = 0; page < 5; page++) {
            for (int i = 0; i < 100; i++) {
                peer.send(peer.get(stream + 2 * i, "/never"));
            }
            for (int i = 0; i < 100; i++) {
                peer.send(peer.reset(stream + 2 * i));
            }
            stream += 200;
            server.time.pass(Duration.ofMillis(3100));
        }
        isServed(stream);
        assertEquals(500, called.get());
        assertEquals(Map.of(), server.limitsMet());
    }

    @Test
    void aThousandCancelledRequestsInAnHourAreNotCut() {
        int stream = 1;
        for (int i = 0; i < 1000; i++) {
            peer.send(peer.get(stream, "/never"), peer.reset(stream));
            stream += 2;
            server.time.pass(Duration.ofMillis(3600));
        }
        isServed(stream);
        assertEquals(Map.of(), server.limitsMet());
    }

    /** What the server chooses to reset is not the client's fault. */
    @Test
    void responsesThatAHandlerAbortsDoNotCount() {
        server.with("/abort", (request, response) -> {
            ResponseStream stream = response.stream();
            stream.flush();
            stream.abort();
        });
        for (int stream = 1; stream <= 301; stream += 2) {
            peer.send(peer.get(stream, "/abort"));
        }
        isServed(303);
    }

    // ---- streams

    @Test
    void moreStreamsThanToldAreRefused() {
        with(limits(2));
        peer.send(peer.get(1, "/never"), peer.get(3, "/never"), peer.get(5, "/never"));
        server.reactor.settle();
        assertEquals("RST 5 REFUSED_STREAM", Outcome.of(peer));
        assertEquals(2, called.get());
        kept.getFirst().send();
        isServed(7);
        assertEquals(Map.of("http2Streams (refused)", 1L), server.limitsMet());
    }

    /** A client that does not know the limit yet has sent all requests, and then their bodies. */
    @Test
    void theBodiesOfManyRefusedRequestsAreIgnored() {
        with(limits(2));
        for (int stream = 1; stream < 1200; stream += 2) {
            peer.send(peer.post(stream, "/never"));
        }
        for (int stream = 1; stream < 1200; stream += 200) {
            peer.send(peer.data(stream, 1, "abc"));
        }
        server.reactor.settle();
        assertTrue(peer.connection().isOpen());
        kept.getFirst().send();
        isServed(1201);
    }

    private static Http2Limits limits(int streams) {
        Http2Limits all = Http2Limits.defaults();
        return new Http2Limits(
                streams,
                all.window(),
                all.connectionWindow(),
                all.table(),
                all.continuations(),
                all.resets(),
                all.resetRate(),
                all.overhead(),
                all.overheadRate(),
                all.controlFrames());
    }

    /** A request that its client has given up counts as long as a thread works for it. */
    @Test
    void aStoppedHandlerCountsUntilItHasStopped() {
        with(limits(1));
        CountDownLatch works = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        server.with(Mount.at("/block").blocking(), (request, response) -> {
            works.countDown();
            goesOn.await();
        });
        peer.send(peer.get(1, "/block"));
        server.reactor.settle();
        Await.until("the handler works", () -> works.getCount() == 0, server.reactor::settle);
        peer.send(peer.reset(1), peer.get(3, "/a"));
        server.reactor.settle();
        assertEquals("RST 3 REFUSED_STREAM", Outcome.of(peer));
        goesOn.countDown();
        int[] stream = {5};
        List<String> outcomes = new ArrayList<>();
        Await.until("a request is served again", () -> outcomes.contains(stream[0] - 2 + " 200 /a"), () -> {
            peer.send(peer.get(stream[0], "/a"));
            stream[0] += 2;
            server.reactor.settle();
            outcomes.add(Outcome.of(peer));
        });
    }

    @Test
    void theLastNumberOfAStreamIsServedAndThenTheConnectionEnds() {
        peer.send(peer.get(Integer.MAX_VALUE, "/a"));
        server.reactor.settle();
        assertEquals("GOAWAY 2147483647 NO_ERROR, 2147483647 200 /a", Outcome.of(peer));
        assertTrue(peer.connection().isClosed());
    }

    @Test
    void theLastRequestOfAConnectionIsFollowedByItsEnd() {
        HttpSettings all = HttpSettings.defaults();
        ConnectionLimits two = new ConnectionLimits(
                all.connection().idleTimeout(), 2, all.connection().outbound());
        server = new HandServer(new HttpSettings(all.head(), all.body(), two, all.server()));
        peer = connect();
        peer.send(peer.get(1, "/never"), peer.get(3, "/a"), peer.get(5, "/a"));
        server.reactor.settle();
        assertEquals("GOAWAY 3 NO_ERROR, 3 200 /a", Outcome.of(peer));
        kept.getFirst().send("late");
        assertEquals("1 200 late", Outcome.of(peer));
        assertTrue(peer.connection().isClosed());
        assertEquals(Map.of("requestsPerConnection (closed)", 1L), server.limitsMet());
    }

    // ---- heads

    @Test
    void continuationFlood() {
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1, peer.block(":method", "GET")));
        for (int i = 0; i < 8; i++) {
            peer.send(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1));
        }
        assertEquals("", Outcome.of(peer));
        peer.send(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1));
        isCalmed("http2Continuations (closed)");
    }

    @Test
    void aHeadThatIsLongBeforeItIsDecoded() {
        byte[] part = new byte[16_000];
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1, part), Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, part));
        isCalmed("headLimit (431)");
    }

    /** A small head that is large when it is decoded (a bomb): one field of four thousand octets, ten thousand times. */
    @Test
    void hpackBomb() {
        byte[] field = FrameCasesTest.joined(
                peer.block(":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "h"),
                new byte[] {0x40, 1, 'x', 0x7F, (byte) 0xA1, 0x1E}, // a name of 1 octet, a value of 4,000
                "y".repeat(4000).getBytes(StandardCharsets.US_ASCII));
        byte[] bomb = new byte[10_000];
        Arrays.fill(bomb, (byte) 0xBE);
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 5, 1, FrameCasesTest.joined(field, bomb)));
        server.reactor.settle();
        assertEquals("1 431 431 Request Header Fields Too Large\n", Outcome.of(peer));
        assertEquals(Map.of("headLimit (431)", 1L), server.limitsMet());
    }

    @Test
    void tooManyFieldsAndALongPath() {
        String[] fields = new String[8 + 2 * 101];
        List.of(":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "h")
                .toArray(fields);
        Arrays.fill(fields, 8, fields.length, "a");
        peer.send(peer.headers(1, 1, fields));
        server.reactor.settle();
        assertEquals("1 431 431 Request Header Fields Too Large\n", Outcome.of(peer));
        peer.send(peer.get(3, "/" + "a".repeat(8192)));
        server.reactor.settle();
        assertEquals("3 414 414 URI Too Long\n", Outcome.of(peer));
        isServed(5);
        assertEquals(Map.of("fieldLimit (431)", 1L, "requestLineLimit (414)", 1L), server.limitsMet());
    }

    /** Frames of many uploads that were on their way when the server had responded. */
    @Test
    void bodiesThatNobodyWantsAnyMoreAreNotCut() {
        server.with(Mount.at("/enough").methods("*"), (request, response) -> response.send());
        int stream = 1;
        for (; stream < 80; stream += 2) {
            peer.send(peer.post(stream, "/enough"));
            for (int i = 0; i < 60; i++) {
                peer.send(Http2Peer.frame(Http2Peer.DATA, 0, stream, new byte[1000]));
            }
        }
        server.reactor.settle();
        isServed(stream);
        for (int i = 0; i < 1100; i++) {
            peer.send(Http2Peer.frame(Http2Peer.DATA, 0, stream - 2, new byte[100]));
        }
        isCalmed("http2Overhead (closed)");
    }

    /** Browsers send each part of a cookie by itself. It is one field for the handler, and counts as one. */
    @Test
    void theManyPartsOfACookieAreOneField() {
        peer.send(peer.headers(1, 1, crumbs(180)));
        server.reactor.settle();
        assertEquals("1 200 /a", Outcome.of(peer));
        peer.send(peer.headers(3, 1, crumbs(400)));
        server.reactor.settle();
        assertEquals("3 431 431 Request Header Fields Too Large\n", Outcome.of(peer));
        assertEquals(Map.of("headLimit (431)", 1L), server.limitsMet());
    }

    private static String[] crumbs(int count) {
        String[] fields = new String[8 + 2 * count];
        List.of(":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "h")
                .toArray(fields);
        for (int i = 8; i < fields.length; i += 2) {
            fields[i] = "cookie";
            fields[i + 1] = "c" + i + "=1";
        }
        return fields;
    }

    // ---- frames that bring nothing

    private void flood(IntFunction<byte[]> frame) {
        peer.send(peer.post(1, "/never"));
        for (int i = 0; i < 1100 && peer.connection().isOpen(); i++) {
            peer.send(frame.apply(i));
        }
        isCalmed("http2Overhead (closed)");
    }

    @Test
    void pingFlood() {
        flood(_ -> peer.ping());
    }

    @Test
    void settingsFlood() {
        flood(i -> Http2Peer.frame(Http2Peer.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, (byte) i, 0}));
    }

    @Test
    void emptyFramesFlood() {
        flood(_ -> peer.data(1, 0, ""));
    }

    @Test
    void paddingFlood() {
        flood(_ -> Http2Peer.frame(Http2Peer.DATA, 8, 1, new byte[] {0}));
    }

    @Test
    void priorityChurn() {
        flood(i -> Http2Peer.frame(Http2Peer.PRIORITY, 0, 1 + 2 * i, new byte[5]));
    }

    @Test
    void priorityUpdateChurn() {
        flood(i ->
                Http2Peer.frame(Http2Peer.PRIORITY_UPDATE, 0, 0, FrameCasesTest.joined(Http2Peer.number(1), new byte[] {
                    'u', '=', (byte) ('0' + i % 8)
                })));
    }

    @Test
    void windowUpdateFlood() {
        flood(_ -> peer.window(1, 1));
    }

    @Test
    void unknownFramesFlood() {
        flood(_ -> Http2Peer.frame(0x42, 0, 0));
    }

    @Test
    void resetsOfStreamsThatAreOver() {
        peer.send(peer.get(1, "/a"));
        for (int i = 0; i < 1100 && peer.connection().isOpen(); i++) {
            peer.send(peer.reset(1));
        }
        isCalmed("http2Overhead (closed)");
    }

    /** A client that reads a large response tells so for each of its frames. */
    @Test
    void aClientThatReadsIsNotCut() {
        List<ResponseStream> streams = new ArrayList<>();
        server.with("/stream", (request, response) -> streams.add(response.stream()));
        peer.send(peer.get(1, "/stream"));
        for (int i = 0; i < 5000; i++) {
            streams.getFirst().write(new byte[1000]);
            streams.getFirst().flush();
            peer.send(peer.window(0, 1000), peer.window(1, 1000));
        }
        server.reactor.settle();
        isServed(3);
    }

    /** A client that reads in small pieces tells so for each of them, for the stream and for the connection. */
    @Test
    void aClientThatReadsInSmallPiecesIsNotCut() {
        List<ResponseStream> streams = new ArrayList<>();
        server.with("/stream", (request, response) -> streams.add(response.stream()));
        peer.send(peer.get(1, "/stream"));
        for (int i = 0; i < 500; i++) {
            streams.getFirst().write(new byte[16_384]);
            streams.getFirst().flush();
            for (int read = 0; read < 16; read++) {
                peer.send(peer.window(0, 1024), peer.window(1, 1024));
            }
        }
        server.reactor.settle();
        isServed(3);
    }

    @Test
    void aClientThatPingsNowAndThenIsNotCutWhileARequestIsUnderWay() {
        peer.send(peer.get(1, "/never"));
        for (int i = 0; i < 3000; i++) {
            peer.send(peer.ping());
            server.time.pass(Duration.ofMillis(10));
        }
        isServed(3);
    }

    // ---- clients that do not read, or do not send

    @Test
    void controlFramesThatAClientDoesNotRead() {
        server.with("/big", (request, response) -> response.send(new byte[200_000]));
        peer = begin(4, 1_000_000);
        peer.connection().block();
        peer.send(peer.window(0, 1_000_000), peer.get(1, "/big"));
        for (int i = 0; i < 257; i++) {
            peer.send(peer.ping());
        }
        server.reactor.settle();
        assertTrue(peer.connection().isClosed());
        assertEquals(1L, server.limitsMet().get("http2ControlFrames (closed)"));
    }

    /** The response waits for a window that its client never opens; another response of the same connection does not. */
    @Test
    void zeroWindowStall() {
        AtomicInteger closed = new AtomicInteger();
        server.with("/stream", (request, response) -> {
            ResponseStream stream = response.stream().onClosed(closed::incrementAndGet);
            stream.write(new byte[100_000]);
        });
        peer = begin(4, 0);
        peer.send(peer.get(1, "/stream"));
        for (int i = 0; i < 3; i++) {
            pass(5);
        }
        assertEquals("1 200 open", Outcome.of(peer));
        for (int i = 0; i < 2; i++) {
            pass(5);
        }
        assertEquals("RST 1 CANCEL", Outcome.of(peer));
        assertEquals(1, closed.get());
        assertEquals(0, peer.connection().charged());
        peer.send(Http2Peer.frame(Http2Peer.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 1, 0}));
        isServed(3);
        assertEquals(1L, server.limitsMet().get("slowestRate of a response (cut off)"));
    }

    /** Single octets of a window do not help. */
    @Test
    void aWindowThatOpensByOctetsIsAStallToo() {
        server.with("/big", (request, response) -> response.send(new byte[100_000]));
        peer = begin(4, 0);
        peer.send(peer.get(1, "/big"));
        for (int i = 0; i < 5; i++) {
            peer.send(peer.window(1, 1));
            pass(5);
        }
        assertTrue(Outcome.of(peer).endsWith("RST 1 CANCEL"));
    }

    @Test
    void aClientThatTakesItsResponseSlowlyButFastEnoughIsNotCut() {
        server.with("/big", (request, response) -> response.send(new byte[100_000]));
        peer = begin(4, 0);
        peer.send(peer.get(1, "/big"));
        for (int i = 0; i < 20; i++) {
            peer.send(peer.window(1, 2600));
            pass(5);
        }
        assertFalse(Outcome.of(peer).contains("RST"));
    }

    @Test
    void aBodyThatComesTooSlowlyIsA408() {
        server.with(
                Mount.at("/read").methods("*"),
                (request, response) -> request.body().readAll(100, response::send));
        peer.send(peer.post(1, "/read"), peer.data(1, 0, "a"));
        for (int i = 0; i < 5; i++) {
            peer.send(peer.data(1, 0, "a"));
            pass(5);
        }
        assertEquals("1 408 408 Request Timeout\n, RST 1 NO_ERROR", Outcome.of(peer));
        assertEquals(1L, server.limitsMet().get("slowestRate of a body (408)"));
        isServed(3);
    }

    @Test
    void aHeadThatComesTooSlowlyEndsItsConnection() {
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1));
        for (int i = 0; i < 4; i++) {
            server.time.pass(Duration.ofSeconds(3));
            peer.send(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1));
        }
        isCalmed("headTimeout (408)");
    }

    @Test
    void anIdleConnectionEndsEvenIfItsClientPings() {
        peer.connection().timeOut();
        server.reactor.settle();
        assertEquals("GOAWAY 0 NO_ERROR", Outcome.of(peer));
        assertTrue(peer.connection().isClosed());
        peer = begin();
        for (int i = 0; i < 3; i++) {
            server.time.pass(Duration.ofSeconds(10));
            assertTrue(peer.connection().isOpen());
            peer.send(peer.ping());
        }
        assertTrue(peer.connection().isClosed());
        assertEquals(Map.of("idleTimeout (closed)", 2L), server.limitsMet());
    }

    @Test
    void anIdleConnectionEndsEvenIfItsClientSendsABodyThatNobodyWants() {
        server.with(Mount.at("/enough").methods("*"), (request, response) -> response.send());
        peer.send(peer.post(1, "/enough"));
        Outcome.of(peer);
        for (int i = 0; i < 3; i++) {
            assertTrue(peer.connection().isOpen());
            server.time.pass(Duration.ofSeconds(10));
            peer.send(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[1000]));
        }
        assertEquals("GOAWAY 1 NO_ERROR", Outcome.of(peer));
        assertTrue(peer.connection().isClosed());
    }

    /** A frame of a body without a request would hold a connection otherwise, an octet in each half a minute. */
    @Test
    void anIdleConnectionEndsEvenIfItsClientSendsAPartOfABody() {
        peer.send(Arrays.copyOf(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[100]), 20));
        for (int i = 0; i < 3; i++) {
            assertTrue(peer.connection().isOpen());
            server.time.pass(Duration.ofSeconds(10));
            peer.send(new byte[1]);
        }
        assertEquals("GOAWAY 0 NO_ERROR", Outcome.of(peer));
        assertTrue(peer.connection().isClosed());
        assertEquals(Map.of("idleTimeout (closed)", 1L), server.limitsMet());
    }
}
