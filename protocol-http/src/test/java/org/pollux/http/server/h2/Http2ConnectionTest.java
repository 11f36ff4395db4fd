package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.h2.Http2Peer.Frame;
import org.pollux.http.server.routing.Absence;
import org.pollux.http.server.settings.Mount;

/** What a connection of HTTP/2 says of itself, how it ends, and whose turn it is. The rest is in the contract. */
class Http2ConnectionTest {

    private final HandServer server = FrameCasesTest.server();
    private final List<Response> kept = new ArrayList<>();
    private Http2Peer peer = begin();

    private Http2Peer begin(int... settings) {
        Http2Peer begun = new Http2Peer(server.connect());
        begun.begin(settings);
        server.reactor.settle();
        return begun;
    }

    private void keep() {
        server.with("/keep", (request, response) -> kept.add(response));
    }

    private String outcome() {
        server.reactor.settle();
        return Outcome.of(peer);
    }

    @Test
    void theServerTellsItsSettingsFirst() {
        List<Frame> frames = peer.received();
        assertEquals(
                "4/0/0/000300000064000400010000000100001000000600004000000800000001000900000001",
                frames.get(0).toString());
        assertEquals("8/0/0/000f0001", frames.get(1).toString()); // up to 1 MiB
        assertEquals("4/1/0/", frames.get(2).toString());
    }

    @Test
    void aResponseHasItsFieldsInLowerCase() {
        server.with(
                "/fields",
                (request, response) -> response.status(201)
                        .header("Content-Type", "text/plain")
                        .header("X-Upper-Case", " \u00FC\tc ")
                        .send("ok"));
        peer.received();
        peer.send(peer.get(1, "/fields"));
        assertEquals(
                "[:status: 201, date: Sun, 06 Nov 1994 08:49:37 GMT, content-type: text/plain, x-upper-case: \u00FC\tc,"
                        + " content-length: 2]",
                peer.fields(peer.received().getFirst()).stream()
                        .map(field -> field.name() + ": " + field.value())
                        .toList()
                        .toString());
    }

    @Test
    void aRequestSaysItsVersionAndItsHost() {
        server.with(
                "/version",
                (request, response) -> response.send(request.version() + " " + request.authority() + " "
                        + request.headers().all("Host")));
        peer.send(peer.get(1, "/version"));
        assertEquals("1 200 HTTP/2 h [h]", outcome());
    }

    @Test
    void aHandlerOfAHostIsFound() {
        server.with(Mount.at("/host").hosts("h"), (request, response) -> response.send("h"));
        server.with(Mount.at("/host"), (request, response) -> response.send("any"));
        peer.send(peer.get(1, "/host"));
        assertEquals("1 200 h", outcome());
    }

    @Test
    void aLongHeadOfAResponseContinues() {
        server.with("/long", (request, response) -> {
            for (int i = 0; i < 5; i++) {
                response.header("A" + i, String.valueOf((char) 0xFC).repeat(6000));
            }
            response.send();
        });
        peer.received();
        peer.send(peer.get(1, "/long"));
        List<Frame> frames = peer.received();
        assertEquals(Http2Peer.HEADERS, frames.get(0).type());
        assertFalse(frames.get(0).has(Http2Peer.END_HEADERS));
        assertEquals(16_384, frames.get(0).payload().length);
        assertEquals(Http2Peer.CONTINUATION, frames.get(1).type());
        assertTrue(frames.get(1).has(Http2Peer.END_HEADERS));
        byte[] block =
                FrameCasesTest.joined(frames.get(0).payload(), frames.get(1).payload());
        assertEquals(8, peer.fields(new Frame(1, 4, 1, block)).size());
    }

    /** The fields behind the refused one belong to the request too, and so does its body. */
    @Test
    void aRequestWithAnUnknownExpectationReachesFiltersWhole() {
        List<String> seen = new ArrayList<>();
        server.routes.add(
                (request, response, next) -> {
                    seen.add(request.headers().first("Host").orElse("")
                            + request.headers().all("Cookie"));
                    next.handle(request, response);
                },
                Mount.at("/*"));
        peer.received();
        peer.send(
                peer.headers(
                        1,
                        0,
                        ":method",
                        "POST",
                        ":scheme",
                        "http",
                        ":path",
                        "/echo",
                        "expect",
                        "miracle",
                        "host",
                        "example.org",
                        "cookie",
                        "a=b"),
                peer.data(1, 1, "abc"));
        assertEquals("1 417 417 Expectation Failed\n, RST 1 NO_ERROR", outcome());
        assertEquals(List.of("example.org[a=b]"), seen);
        peer.send(peer.headers(3, 1, ":method", "GET", ":scheme", "http", ":path", "/a", "expect", "miracle"));
        assertEquals("RST 3 PROTOCOL_ERROR", outcome());
    }

    // ---- what does not become a request is told

    private List<String> told() {
        List<String> told = new ArrayList<>();
        server.routes.add(
                new HttpFilter() {
                    @Override
                    public void filter(Request request, Response response, HttpHandler next) throws Exception {
                        next.handle(request, response);
                    }

                    @Override
                    public void onRefused(SocketAddress remote, int status, long bytes) {
                        told.add(status + " " + bytes);
                    }
                },
                Mount.at("/*"));
        return told;
    }

    private long refused() {
        return server.routes.meters().read("test").routes().stream()
                .filter(status -> status.route().equals("(server)"))
                .mapToLong(status -> status.responses().getOrDefault("4xx", 0L))
                .sum();
    }

    @Test
    void aMalformedHeadIsToldAndCounted() {
        List<String> told = told();
        peer.send(peer.headers(1, 1, ":method", "GET"));
        assertEquals(List.of("400 0"), told);
        assertEquals(1, refused());
    }

    @Test
    void aConnectionThatBreaksARuleIsToldAndCounted() {
        List<String> told = told();
        peer.send(peer.get(2, "/a"));
        assertEquals(List.of("400 0"), told);
        assertEquals(1, refused());
    }

    @Test
    void aHeadThatEndsItsConnectionIsToldAndCounted() {
        List<String> told = told();
        byte[] part = new byte[16_000];
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1, part), Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, part));
        peer = begin();
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1));
        for (int i = 0; i < 9; i++) {
            peer.send(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1));
        }
        peer = begin();
        peer.send(Http2Peer.frame(Http2Peer.HEADERS, 1, 1));
        server.time.pass(Duration.ofSeconds(11));
        peer.send(Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1));
        assertEquals(List.of("431 0", "431 0", "408 0"), told);
        assertEquals(3, refused());
    }

    // ---- the end of the server

    @Test
    void aConnectionWithoutARequestEndsAfterAMoment() {
        peer.received();
        peer.connection().shutDown();
        assertEquals("GOAWAY 2147483647 NO_ERROR", outcome());
        peer.send(peer.get(1, "/a"));
        assertEquals("1 200 /a", outcome());
        assertTrue(peer.connection().isOpen());
        server.time.pass(Duration.ofMillis(500));
        server.reactor.toNextTimer();
        assertEquals("GOAWAY 1 NO_ERROR", outcome());
        assertTrue(peer.connection().isClosed());
    }

    @Test
    void requestsUnderWayAreServedAndLaterOnesIgnored() {
        keep();
        peer.received();
        peer.send(peer.get(1, "/keep"));
        peer.connection().shutDown();
        server.reactor.toNextTimer();
        assertEquals("GOAWAY 2147483647 NO_ERROR, GOAWAY 1 NO_ERROR", outcome());
        peer.send(peer.get(3, "/keep"));
        assertEquals("", outcome());
        assertEquals(1, kept.size());
        kept.getFirst().send("done");
        assertEquals("1 200 done", outcome());
        assertTrue(peer.connection().isClosed());
    }

    /** A client that has not read GOAWAY yet sends a whole request. The requests before it are served all the same. */
    @Test
    void theFramesOfIgnoredRequestsAreIgnoredToo() {
        keep();
        peer.received();
        peer.send(peer.get(1, "/keep"));
        peer.connection().shutDown();
        server.reactor.toNextTimer();
        peer.send(peer.post(3, "/echo"), peer.data(3, 0, "abc"), peer.window(3, 1), peer.headers(3, 1, "a", "b"));
        peer.send(peer.post(5, "/echo"), peer.reset(5), peer.window(5, 1));
        assertEquals("GOAWAY 2147483647 NO_ERROR, GOAWAY 1 NO_ERROR", outcome());
        kept.getFirst().send("done");
        assertEquals("1 200 done", outcome());
    }

    @Test
    void theBodiesOfIgnoredRequestsGiveTheirPartOfTheConnectionBack() {
        keep();
        peer.received();
        peer.send(peer.get(1, "/keep"));
        peer.connection().shutDown();
        server.reactor.toNextTimer();
        for (int stream = 3; stream < 83; stream += 2) {
            peer.send(peer.post(stream, "/echo"));
            for (int i = 0; i < 4; i++) {
                peer.send(Http2Peer.frame(Http2Peer.DATA, 0, stream, new byte[16_000]));
            }
        }
        assertTrue(peer.connection().isOpen());
        assertEquals("GOAWAY 2147483647 NO_ERROR, GOAWAY 1 NO_ERROR", outcome());
    }

    @Test
    void aFrameOfARequestThatNeverCameIsAFaultEvenThen() {
        keep();
        peer.received();
        peer.send(peer.get(1, "/keep"));
        peer.connection().shutDown();
        server.reactor.toNextTimer();
        peer.send(peer.get(5, "/a"));
        peer.send(Http2Peer.frame(Http2Peer.DATA, 0, 7, new byte[1]));
        assertTrue(outcome().endsWith("GOAWAY 1 PROTOCOL_ERROR"));
    }

    @Test
    void aClientThatClosesIsServedToTheEnd() {
        keep();
        peer.received();
        peer.send(peer.get(1, "/keep"), peer.post(3, "/echo"));
        peer.connection().receiveEnd();
        assertEquals("3 400 400 Bad Request\n, RST 3 NO_ERROR", outcome());
        kept.getFirst().send("done");
        assertEquals("1 200 done, GOAWAY 3 NO_ERROR", outcome());
    }

    /** A handler that hears of the end may still respond to another request: that response is dropped, and not watched. */
    @Test
    void aResponseToAConnectionThatHasClosedKeepsNoWatchOverSlowReaders() {
        keep();
        server.with(
                "/stream",
                (request, response) ->
                        response.stream().onClosed(() -> kept.getFirst().send("late")));
        peer.send(peer.get(1, "/stream"), peer.get(3, "/keep"));
        peer.connection().reset();
        server.reactor.pass(Duration.ofMinutes(10)); // other timers see that they have nothing to watch
        assertEquals(0, server.reactor.timers());
    }

    // ---- a handler that is away

    @Test
    void requestsWaitForAHandlerThatIsAwayAndOthersDoNot() {
        var registration = server.routes.add((request, response) -> response.send("old"), "/away");
        registration.suspend(new Absence());
        peer.received();
        peer.send(peer.get(1, "/away"), peer.get(3, "/a"));
        assertEquals("3 200 /a", outcome());
        server.routes.together(() -> {
            registration.close();
            server.routes.add(
                    (request, response) -> request.body().readAll(10, response::send),
                    Mount.at("/away").methods("*"));
        });
        assertEquals("1 200", outcome());
    }

    @Test
    void theBodyOfARequestThatWaitsIsNotLost() {
        var registration =
                server.routes.add((request, response) -> {}, Mount.at("/away").methods("*"));
        registration.suspend(new Absence());
        peer.received();
        peer.send(peer.post(1, "/away"), peer.data(1, 0, "abc"), peer.data(1, 1, "def"), peer.post(3, "/away"));
        peer.send(peer.reset(3));
        assertEquals("", outcome());
        assertEquals(6, peer.connection().charged());
        server.routes.together(() -> {
            registration.close();
            server.routes.add(
                    (request, response) -> request.body().readAll(10, response::send),
                    Mount.at("/away").methods("*"));
        });
        assertEquals("1 200 abcdef", outcome());
        assertEquals(0, peer.connection().charged());
    }

    // ---- windows

    @Test
    void whatIsConsumedComesBackToTheClientInSteps() {
        server.with(
                Mount.at("/read").methods("*"),
                (request, response) -> request.body().read(in -> in.position(in.limit())));
        peer.received();
        peer.send(peer.post(1, "/read"));
        for (int i = 0; i < 40; i++) {
            peer.send(Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[16_000]));
        }
        int stream = 0;
        int connection = 0;
        for (Frame frame : peer.received()) {
            assertEquals(Http2Peer.WINDOW_UPDATE, frame.type());
            stream += frame.stream() == 1 ? frame.number(0) : 0;
            connection += frame.stream() == 0 ? frame.number(0) : 0;
        }
        assertTrue(stream > 640_000 - 32 * 1024, stream + " octets");
        assertTrue(connection >= 512 * 1024, connection + " octets");
    }

    /** A body that nobody reads holds its own stream; what it keeps comes back when it is over. */
    @Test
    void aBodyThatNobodyReadsGivesItsPartOfTheConnectionBack() {
        server.with(Mount.at("/keep").methods("*"), (request, response) -> kept.add(response));
        for (int stream = 1; stream < 80; stream += 2) {
            peer.send(peer.post(stream, "/keep"));
            for (int i = 0; i < 4; i++) {
                peer.send(Http2Peer.frame(Http2Peer.DATA, 0, stream, new byte[16_000]));
            }
            kept.getLast().send("enough");
        }
        assertEquals(0, peer.connection().charged());
        assertFalse(outcome().contains("FLOW_CONTROL_ERROR"));
        assertTrue(peer.connection().isOpen());
    }

    // ---- turns

    @Test
    void theFramesOfATaskLeaveTogether() {
        server.with("/large", (request, response) -> response.send(new byte[900_000]));
        peer = begin(4, 1_000_000);
        peer.send(peer.window(0, 1_000_000), peer.get(1, "/large"));
        int before = peer.connection().sends();
        server.reactor.settle(); // the first 320 KiB have left in the callback
        int sends = peer.connection().sends() - before;
        assertEquals(900_000, octets());
        assertTrue(sends <= 16, "580 KB in " + sends + " pieces");
    }

    private int octets() {
        return peer.received().stream()
                .filter(frame -> frame.type() == Http2Peer.DATA)
                .mapToInt(frame -> frame.payload().length)
                .sum();
    }

    private byte[] get(int stream, String path, String priority) {
        return peer.headers(
                stream, 1, ":method", "GET", ":scheme", "http", ":path", path, ":authority", "h", "priority", priority);
    }

    private List<Integer> order() {
        return peer.received().stream()
                .filter(frame -> frame.type() == Http2Peer.DATA && frame.payload().length > 0)
                .map(Frame::stream)
                .toList();
    }

    @Test
    void urgentResponsesComeFirstAndThoseInOrderOneAfterTheOther() {
        server.with("/large", (request, response) -> response.send(new byte[20_000]));
        peer = begin(4, 1_000_000);
        peer.send(peer.window(0, 1));
        peer.send(get(1, "/big", "u=0")); // takes the window of the connection
        server.reactor.settle();
        peer.received();
        peer.send(
                get(3, "/large", "u=5"),
                get(5, "/large", "u=2"),
                get(7, "/large", "u=2"),
                get(9, "/large", "u=2, i"),
                get(11, "/large", "u=9, i=?0"),
                get(13, "/large", "u=1;x, i=?1"));
        server.reactor.settle();
        peer.received();
        peer.send(peer.window(0, 1_000_000));
        server.reactor.settle();
        assertEquals(List.of(1, 13, 13, 5, 9, 5, 9, 7, 7, 11, 11, 3, 3), order());
    }

    @Test
    void aPriorityChangesWhileAResponseWaits() {
        server.with("/large", (request, response) -> response.send(new byte[20_000]));
        peer = begin(4, 1_000_000);
        peer.send(peer.get(1, "/big"));
        peer.send(get(3, "/large", "u=5"), get(5, "/large", "u=6"));
        peer.send(update(5, "u=1"));
        server.reactor.settle();
        peer.received();
        peer.send(peer.window(0, 1_000_000));
        server.reactor.settle();
        assertEquals(List.of(5, 5, 1, 3, 3), order());
    }

    @Test
    void aPriorityMayComeBeforeItsRequest() {
        server.with("/large", (request, response) -> response.send(new byte[20_000]));
        peer = begin(4, 1_000_000);
        peer.send(peer.get(1, "/big"));
        peer.send(update(5, "u=1"), get(3, "/large", "u=5"), get(5, "/large", "u=6"));
        server.reactor.settle();
        peer.received();
        peer.send(peer.window(0, 1_000_000));
        server.reactor.settle();
        assertEquals(List.of(5, 5, 1, 3, 3), order());
    }

    @Test
    void ofPrioritiesForStreamsThatNeverOpenOnlyTheLatestAreKept() {
        server.with("/large", (request, response) -> response.send(new byte[20_000]));
        peer = begin(4, 1_000_000);
        peer.send(peer.get(1, "/big"));
        peer.send(update(5, "u=1"));
        for (int stream = 7; stream < 7 + 2 * 16; stream += 2) {
            peer.send(update(stream, "u=1"));
        }
        peer.send(get(3, "/large", "u=5"), get(5, "/large", "u=6"), get(7, "/large", "u=6"));
        server.reactor.settle();
        peer.received();
        peer.send(peer.window(0, 1_000_000));
        server.reactor.settle();
        assertEquals(List.of(7, 7, 1, 3, 3, 5, 5), order());
    }

    private static byte[] update(int stream, String priority) {
        byte[] value = priority.getBytes(StandardCharsets.US_ASCII);
        return Http2Peer.frame(Http2Peer.PRIORITY_UPDATE, 0, 0, FrameCasesTest.joined(Http2Peer.number(stream), value));
    }

    // ---- any split of the same bytes

    private byte[] conversation() {
        Http2Peer writer = new Http2Peer(server.connect());
        return FrameCasesTest.joined(
                Http2Peer.PREFACE.getBytes(StandardCharsets.US_ASCII),
                Http2Peer.frame(Http2Peer.SETTINGS, 0, 0),
                writer.get(1, "/a"),
                writer.post(3, "/echo"),
                writer.ping(),
                writer.data(3, 0, "abc"),
                writer.get(5, "/nothing"),
                writer.data(3, 1, "def"),
                writer.headers(7, 1, "Upper", "x"),
                writer.get(9, "/cookie"),
                writer.reset(9),
                writer.window(0, 0),
                writer.get(11, "/a"));
    }

    private String inPieces(byte[] bytes, int... sizes) {
        peer = new Http2Peer(server.connect());
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int to = Math.min(bytes.length, from + sizes[i % sizes.length]);
            peer.send(Arrays.copyOfRange(bytes, from, to));
            server.reactor.settle();
            from = to;
        }
        return outcome() + (peer.connection().isClosed() ? " closed" : " open");
    }

    @Test
    void splitsMakeNoDifference() {
        byte[] bytes = conversation();
        String whole = inPieces(bytes, bytes.length);
        assertTrue(whole.endsWith("GOAWAY 9 PROTOCOL_ERROR closed"), whole);
        for (int first = 1; first < bytes.length; first++) {
            assertEquals(whole, inPieces(bytes, first, bytes.length - first));
        }
        for (int size = 1; size < 8; size++) {
            assertEquals(whole, inPieces(bytes, size));
        }
    }

    @Test
    void whateverComesNothingIsThrown() {
        Random random = new Random(9113);
        byte[] bytes = conversation();
        for (int round = 0; round < 3000; round++) {
            byte[] changed = bytes.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[24 + random.nextInt(changed.length - 24)] = (byte) random.nextInt();
            }
            String outcome = inPieces(changed, 1 + random.nextInt(60), 1 + random.nextInt(60));
            assertEquals(null, peer.connection().cause(), outcome);
        }
    }
}
