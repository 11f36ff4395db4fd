package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.tck.loop.Bytes;
import org.pollux.reactor.tck.loop.Peer;

/** Where answers end, and what they are. */
final class BodiesTest {

    private HandServer server;

    @BeforeEach
    void open() throws Exception {
        server = new HandServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Recorded answered(String answer) {
        Recorded recorded = server.get("/");
        server.acceptRequest().send(answer.getBytes(ISO_8859_1));
        return recorded;
    }

    private void assertKept(boolean kept) throws Exception {
        server.get("/next");
        assertEquals(!kept, server.hasConnectionWaiting());
    }

    @Test
    void aLengthEndsABody() throws Exception {
        Recorded recorded = answered("HTTP/1.1 200 Fine\r\nA: 1\r\na:  2 \r\nContent-Length: 5\r\n\r\nhello");
        recorded.ends(200, "hello");
        assertEquals("Fine", recorded.head().reason());
        assertEquals(java.util.List.of("1", "2"), recorded.head().headers().all("A"));
        assertKept(true);
    }

    @Test
    void chunksEndABodyAndTrailersFollow() throws Exception {
        Recorded recorded = answered(HandServer.lines("""
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                3
                abc
                2;x=y
                de
                0
                Sum: 5

                """));
        recorded.ends(200, "abcde");
        assertEquals("5", recorded.trailers().first("sum").orElseThrow());
        assertKept(true);
    }

    @Test
    void theEndOfTheConnectionEndsABodyWithoutALength() throws Exception {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 200 OK\r\n\r\nabc");
        server.turned.turnUntil("the body comes", () -> recorded.text().equals("abc"));
        assertFalse(recorded.isOver());
        peer.send("def").closeOutput();
        recorded.ends(200, "abcdef");
        peer.receivesEnd();
        assertKept(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someStatusesHaveNoBody(int status) throws Exception {
        answered("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n").ends(status, "");
        assertKept(true);
    }

    @Test
    void theAnswerToHeadHasNoBody() throws Exception {
        Recorded recorded = server.send(HttpRequest.of("HEAD", Url.parse(server.url("/"))));
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n");
        recorded.ends(200, "");
        assertEquals("5", recorded.head().headers().first("Content-Length").orElseThrow());
        assertKept(true);
    }

    @Test
    void interimAnswersArePassedOver() throws Exception {
        answered(HandServer.lines("""
                        HTTP/1.1 100 Continue

                        HTTP/1.1 103 Early Hints
                        Link: </a>

                        HTTP/1.1 200 OK
                        Content-Length: 1

                        .""")).ends(200, ".");
        assertKept(true);
    }

    @Test
    void aServerThatClosesIsTakenAtItsWord() throws Exception {
        answered("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
        assertKept(false);
    }

    @Test
    void anOldServerKeepsTheConnectionOnlyWhenItSaysSo() throws Exception {
        answered("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
        assertKept(true);
    }

    @Test
    void anOldServerClosesOtherwise() throws Exception {
        answered("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n.").ends(200, ".");
        assertKept(false);
    }

    @Test
    void bytesBehindTheAnswerEndTheConnection() throws Exception {
        answered("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.HTTP/1.1 200 OK\r\n")
                .ends(200, ".");
        assertKept(false);
    }

    @Test
    void theSameLengthTwiceIsOne() {
        answered("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
    }

    // ---- gzip

    static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private Recorded answeredInGzip(byte[] packed) {
        Recorded recorded = server.get("/");
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .send(packed);
        return recorded;
    }

    @Test
    void gzipIsUndone() throws Exception {
        byte[] plain = Bytes.random(300_000);
        assertArrayEquals(plain, answeredInGzip(gzip(plain)).ends().bytes());
        assertKept(true);
    }

    @Test
    void aLittleGzipThatIsMuchComesInPiecesOnWhichTheHandlerMayPause() throws Exception {
        byte[] packed = gzip(new byte[10_000_000]);
        assertTrue(packed.length < 16 * 1024);
        Recorded recorded = server.get("/");
        recorded.onPiece(Exchange::pause);
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .send(packed);
        int rounds = 0;
        while (!recorded.isOver()) {
            int before = recorded.pieces();
            server.turned.settle();
            assertTrue(recorded.pieces() <= before + 1, "it was paused");
            recorded.exchange().resume();
            rounds++;
        }
        assertEquals(10_000_000, recorded.ends().bytes().length);
        assertTrue(rounds > 100, () -> "pieces " + recorded.pieces());
    }

    @Test
    void aShortOrDamagedGzipIsAFailure() throws Exception {
        byte[] packed = gzip("hello, hello, hello".getBytes(ISO_8859_1));
        answeredInGzip(Arrays.copyOf(packed, packed.length - 9))
                .fails(HttpFailure.Reason.SHORT_BODY, "its gzip is not complete");
        packed[packed.length - 5] ^= 1;
        answeredInGzip(packed).fails(HttpFailure.Reason.MALFORMED, "its checksum or length is wrong");
        answeredInGzip(new byte[20]).fails(HttpFailure.Reason.MALFORMED, "does not begin like gzip");
    }

    @Test
    void anEmptyBodyIsNoDamagedGzip() {
        answeredInGzip(new byte[0]).ends(200, "");
    }

    @Test
    void whoAsksForACodingHimselfGetsItAsItIs() throws Exception {
        byte[] packed = gzip(new byte[100]);
        Recorded recorded = server.send(HttpRequest.get(server.url("/")).header("Accept-Encoding", "gzip"));
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .send(packed);
        assertArrayEquals(packed, recorded.ends().bytes());
    }

    // ---- backpressure

    @Test
    void aPausedAnswerHoldsTheServerBack() {
        Recorded recorded = server.get("/");
        recorded.onPiece(Exchange::pause);
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        java.nio.ByteBuffer data = java.nio.ByteBuffer.allocate(100_000_000);
        int stalled = 0;
        while (stalled < 20) { // until the kernel takes no more
            stalled = peer.sendSome(data) == 0 ? stalled + 1 : 0;
            server.turned.settle();
        }
        assertEquals(1, recorded.pieces());
        assertTrue(data.hasRemaining());
        server.pass(java.time.Duration.ofMinutes(10)); // its silence is not the server's
        assertFalse(recorded.isOver());

        recorded.onPiece(_ -> {});
        recorded.exchange().resume();
        server.turned.turnUntil("all is sent", () -> {
            peer.sendSome(data);
            return !data.hasRemaining();
        });
        assertEquals(100_000_000, recorded.ends().bytes().length);
    }

    @Test
    void theEndIsHeldBackToo() {
        Recorded recorded = server.get("/");
        recorded.onPiece(Exchange::pause);
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.");
        server.turned.turnUntil("it comes", () -> recorded.pieces() == 1);
        server.turned.settle();
        assertFalse(recorded.isOver());
        recorded.exchange().resume();
        recorded.ends(200, ".");
    }
}
