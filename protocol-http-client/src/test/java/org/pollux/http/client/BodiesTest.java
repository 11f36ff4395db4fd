package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.reactor.tck.seeds.SeededTests;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;

/** Where responses end, and what they are. One list of cases. */
final class BodiesTest {

    @AutoClose
    private HandServer server = new HandServer();

    private Recorded responded(String response) {
        Recorded recorded = server.get("/");
        server.acceptRequest().send(response.getBytes(ISO_8859_1));
        return recorded;
    }

    private void assertKept(boolean kept) throws Exception {
        server.get("/next");
        assertEquals(!kept, server.hasConnectionWaiting());
    }

    @Test
    void aLengthEndsABody() throws Exception {
        Recorded recorded = responded("HTTP/1.1 200 Fine\r\nA: 1\r\na:  2 \r\nContent-Length: 5\r\n\r\nhello");
        recorded.ends(200, "hello");
        assertEquals("Fine", recorded.head().reason());
        assertEquals(java.util.List.of("1", "2"), recorded.head().headers().all("A"));
        assertKept(true);
    }

    @Test
    void chunksEndABodyAndTrailersFollow() throws Exception {
        Recorded recorded = responded(HandServer.lines("""
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
    void aChunkSizeMayHaveManyZerosInFront() throws Exception {
        Recorded recorded = responded(HandServer.lines("""
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                00000000000000000000000000000003
                abc
                000000000000000000

                """));
        recorded.ends(200, "abc");
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
        respondedWithoutABody(status, "").ends(status, "");
        assertKept(true);
    }

    private Recorded respondedWithoutABody(int status, String rest) {
        Recorded recorded = server.send(HttpRequest.get(server.url("/")).header("If-None-Match", "x"));
        server.acceptRequest().send("HTTP/1.1 " + status + "\r\n" + rest + "\r\n");
        return recorded;
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void whoeverAnnouncesABodyThatThereCannotBeMaySendIt(int status) throws Exception {
        respondedWithoutABody(status, "Content-Length: 0\r\n").ends(status, "");
        assertKept(true);
        server.close();
        server = new HandServer();
        respondedWithoutABody(status, "Content-Length: 5\r\n").ends(status, "");
        assertKept(false);
        respondedWithoutABody(status, "Transfer-Encoding: chunked\r\n").ends(status, "");
        assertKept(false);
    }

    @Test
    void theResponseToHeadHasNoBody() throws Exception {
        Recorded recorded = server.send(HttpRequest.of("HEAD", Url.parse(server.url("/"))));
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n");
        recorded.ends(200, "");
        assertEquals("5", recorded.head().headers().first("Content-Length").orElseThrow());
        assertKept(true);
    }

    @Test
    void interimResponsesComeBeforeTheFinalOne() throws Exception {
        Recorded recorded = responded(HandServer.lines("""
                        HTTP/1.1 100 Continue

                        HTTP/1.1 103 Early Hints
                        Link: </a>

                        HTTP/1.1 200 OK
                        Content-Length: 1

                        ."""));
        recorded.ends(200, ".");
        assertEquals(
                List.of(100, 103),
                recorded.interim().stream().map(HttpResponseHead::status).toList());
        HttpResponseHead hints = recorded.interim().getLast();
        assertEquals("</a>", hints.headers().first("Link").orElseThrow());
        assertEquals("Early Hints", hints.reason());
        assertKept(true);
    }

    @Test
    void anExchangeCanBeCancelledAtAnInterimResponse() {
        Recorded recorded = server.get("/");
        recorded.onInterim(() -> recorded.exchange().cancel());
        server.acceptRequest().send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        recorded.fails(HttpFailure.Reason.CANCELLED, "cancelled");
    }

    @Test
    void anExceptionAtAnInterimResponseEndsTheExchange() {
        Recorded recorded = server.get("/");
        recorded.onInterim(() -> {
            throw new IllegalStateException("on purpose");
        });
        server.acceptRequest().send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        recorded.fails(HttpFailure.Reason.HANDLER, "on purpose");
    }

    @Test
    void aServerThatClosesIsTakenAtItsWord() throws Exception {
        responded("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
        assertKept(false);
    }

    @Test
    void anOldServerKeepsTheConnectionOnlyWhenItSaysSo() throws Exception {
        responded("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
        assertKept(true);
    }

    @Test
    void anOldServerClosesOtherwise() throws Exception {
        responded("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n.").ends(200, ".");
        assertKept(false);
    }

    @Test
    @Tag(SeededTests.EXACT)
    void bytesBehindTheResponseEndTheConnection() throws Exception {
        responded("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.HTTP/1.1 200 OK\r\n")
                .ends(200, ".");
        assertKept(false);
    }

    @Test
    void theSameLengthTwiceIsOne() {
        responded("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n.")
                .ends(200, ".");
    }

    // ---- many chunks

    @Test
    void smallChunksAreToldTogether() {
        String chunks = "1\r\na\r\n2\r\nbc\r\n3;x=y\r\ndef\r\n".repeat(1000);
        Recorded recorded = responded("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
        recorded.ends(200, "abcdef".repeat(1000));
        assertTrue(recorded.pieces() < 100, () -> recorded.pieces() + " pieces of 3000 chunks");
    }

    @Test
    void aChunkIsToldAsSoonAsItIsThere() {
        Recorded recorded = server.get("/");
        Peer peer = server.acceptRequest().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        peer.send("1\r\na\r\n2\r\nbc\r\n3\r\nd");
        server.turned.turnUntil("they come", () -> recorded.text().equals("abcd"));
        peer.send("ef\r\n1\r\ng\r\n");
        server.turned.turnUntil("they come", () -> recorded.text().equals("abcdefg"));
        peer.send("2\r\nhi\r\nx");
        recorded.fails(HttpFailure.Reason.MALFORMED, "9 bytes had come");
        assertEquals("abcdefghi", recorded.text());
    }

    @Test
    void chunksOfAllSizesStayInOrder() throws Exception {
        java.io.ByteArrayOutputStream chunks = new java.io.ByteArrayOutputStream();
        byte[] body = Bytes.random(400_000);
        java.util.Random random = new java.util.Random(3);
        for (int at = 0; at < body.length; ) {
            int size =
                    Math.min(body.length - at, 1 + (random.nextInt(4) == 0 ? random.nextInt(5000) : random.nextInt(9)));
            chunks.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(body, at, size);
            chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
            at += size;
        }
        Recorded recorded = server.get("/");
        recorded.onPiece(exchange -> {
            exchange.pause();
            exchange.resume();
        });
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                .send(chunks.toByteArray())
                .send("0\r\n\r\n");
        assertArrayEquals(body, recorded.ends().bytes());
    }

    // ---- gzip

    static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private Recorded respondedInGzip(byte[] packed) {
        Recorded recorded = server.get("/");
        server.acceptRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")
                .send(packed);
        return recorded;
    }

    @Test
    void gzipIsUndone() throws Exception {
        byte[] plain = Bytes.random(300_000);
        assertArrayEquals(plain, respondedInGzip(gzip(plain)).ends().bytes());
        assertKept(true);
    }

    @Test
    void aLittleGzipThatIsMuchComesInPiecesOnWhichTheHandlerMayPause() throws Exception {
        byte[] packed = gzip(new byte[10_000_000]);
        assertTrue(packed.length < 16 * 1024);
        Recorded recorded = server.get("/");
        recorded.onPiece(HttpExchange::pause);
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
        respondedInGzip(Arrays.copyOf(packed, packed.length - 9))
                .fails(HttpFailure.Reason.SHORT_BODY, "its gzip is not complete");
        packed[packed.length - 5] ^= 1;
        respondedInGzip(packed).fails(HttpFailure.Reason.MALFORMED, "its checksum or length is wrong");
        respondedInGzip(new byte[20]).fails(HttpFailure.Reason.MALFORMED, "does not begin like gzip");
    }

    @Test
    void anEmptyBodyIsNoDamagedGzip() {
        respondedInGzip(new byte[0]).ends(200, "");
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
    void aPausedResponseHoldsTheServerBack() {
        Recorded recorded = server.get("/");
        recorded.onPiece(HttpExchange::pause);
        Peer peer = server.acceptRequest();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n");
        java.nio.ByteBuffer data = java.nio.ByteBuffer.allocateDirect(30_000_000);
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
        assertEquals(30_000_000, recorded.ends().bytes().length);
    }

    @Test
    void theEndIsHeldBackToo() {
        Recorded recorded = server.get("/");
        recorded.onPiece(HttpExchange::pause);
        server.acceptRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.");
        server.turned.turnUntil("it comes", () -> recorded.pieces() == 1);
        server.turned.settle();
        assertFalse(recorded.isOver());
        recorded.exchange().resume();
        recorded.ends(200, ".");
    }
}
