package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.BodyEncoder;
import org.pollux.http.HttpHandler;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Answers in pieces: what is held back, how they are framed, watermarks, ends. */
class StreamedResponseTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String GET_OLD = "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    private static final String NEXT = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String A = HandServer.ok("/a");
    private static final String CHUNKED_HEAD =
            "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Transfer-Encoding: chunked\r\n\r\n";

    private final HandServer server = new HandServer().withText("/a");
    private final HandConnection client = server.connect();
    private final List<ResponseStream> streams = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    private void serve(HttpHandler handler) {
        server.with("/x", handler);
    }

    /** Opens a stream and leaves the rest to the test. */
    private ResponseStream open() {
        serve((_, response) -> streams.add(response.stream().onClosed(closed::incrementAndGet)));
        client.receive(GET);
        return streams.getLast();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean write(ResponseStream to, String text) {
        return to.write(bytes(text));
    }

    // ---- framing

    @Test
    void aSmallAnswerGetsALength() {
        ResponseStream stream = open();
        assertTrue(write(stream, "Hello, ") && write(stream, "World!"));
        assertEquals("", client.takeSent());
        stream.close();
        assertEquals(HandServer.ok("Hello, World!"), client.takeSent());
        assertEquals(1, closed.get());
        assertEquals(A, client.receive(NEXT).takeSent());
    }

    @Test
    void whatIsFlushedComesInChunks() {
        ResponseStream stream = open();
        stream.flush();
        assertEquals(CHUNKED_HEAD, client.takeSent());
        write(stream, "Hello");
        assertEquals("5\r\nHello\r\n", client.takeSent());
        write(stream, "");
        write(stream, "x".repeat(300));
        assertEquals("12c\r\n" + "x".repeat(300) + "\r\n", client.takeSent());
        stream.close();
        assertEquals("0\r\n\r\n", client.takeSent());
        assertEquals(A, client.receive(NEXT).takeSent());
    }

    @Test
    void moreThanIsHeldBackComesInChunksByItself() {
        ResponseStream stream = open();
        write(stream, "x".repeat(8 * 1024));
        assertEquals("", client.takeSent());
        write(stream, "y");
        assertEquals(CHUNKED_HEAD + "2000\r\n" + "x".repeat(8 * 1024) + "\r\n1\r\ny\r\n", client.takeSent());
    }

    @Test
    void aLargePieceIsOneChunk() {
        ResponseStream stream = open();
        write(stream, "x".repeat(50_000));
        stream.close();
        assertEquals(CHUNKED_HEAD + "c350\r\n" + "x".repeat(50_000) + "\r\n0\r\n\r\n", client.takeSent());
    }

    @Test
    void anAnnouncedLengthIsSentAndKept() {
        serve((_, response) -> streams.add(response.stream(6)));
        client.receive(GET);
        ResponseStream stream = streams.getLast();
        write(stream, "abc");
        stream.flush();
        assertEquals("HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Content-Length: 6\r\n\r\nabc", client.takeSent());
        assertThrows(IllegalStateException.class, () -> write(stream, "defg"));
        write(stream, "def");
        stream.close();
        assertEquals("def" + A, client.receive(NEXT).takeSent());
        assertEquals(HandServer.ok("abcdef"), small(6, "abcdef"));
    }

    private String small(int length, String text) {
        HandServer other = new HandServer().with("/x", (_, response) -> {
            try (ResponseStream stream = response.stream(length)) {
                write(stream, text);
            }
        });
        return other.answer(GET);
    }

    @Test
    void fewerBytesThanAnnouncedCutTheConnection() {
        serve((_, response) -> {
            try (ResponseStream stream = response.stream(6).onClosed(closed::incrementAndGet)) {
                write(stream, "abc");
            }
        });
        assertTrue(client.receive(GET).isReset());
        assertEquals(1, closed.get());
    }

    @Test
    void anOldClientReadsUntilTheConnectionCloses() {
        serve((_, response) -> {
            try (ResponseStream stream = response.stream()) {
                write(stream, "abc");
                stream.flush();
                stream.trailer("A", "b");
                write(stream, "def");
            }
        });
        client.receive(GET_OLD);
        assertEquals("HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Connection: close\r\n\r\nabcdef", client.takeSent());
        assertTrue(client.isClosed());
    }

    @Test
    void headIsAnsweredWithoutTheBody() {
        serve((_, response) -> {
            try (ResponseStream stream = response.stream()) {
                write(stream, "abc");
                stream.flush();
                write(stream, "def");
            }
        });
        client.receive(GET.replace("GET", "HEAD") + NEXT);
        assertEquals(CHUNKED_HEAD + A, client.takeSent());
    }

    @Test
    void headNeedsNoBodyToKnowItsLength(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        List<FileChannel> opened = new ArrayList<>();
        serve((_, response) -> {
            opened.add(FileChannel.open(file));
            response.send(opened.getLast(), 2, 7);
        });
        server.with("/y", (_, response) -> response.stream(6).close());
        String head = GET.replace("GET", "HEAD");
        client.receive(head + head.replace("/x", "/y") + NEXT);
        assertEquals(head(7) + head(6) + A, client.takeSent());
        assertFalse(opened.getFirst().isOpen());
    }

    @Test
    void trailersFollowTheBody() {
        ResponseStream stream = open();
        write(stream, "abc");
        stream.trailer("A", "b").trailer("C", "d");
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("E", "f\r\nG: h"));
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("Content-Length", "1"));
        stream.close();
        assertEquals(CHUNKED_HEAD + "3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n", client.takeSent());
    }

    @Test
    void someStatusesHaveNoBody() {
        for (int status : new int[] {204, 205, 304}) {
            HandServer other = new HandServer().with("/x", (_, response) -> response.status(status).stream());
            assertEquals(HandServer.own(500, ""), other.answer(GET));
        }
    }

    // ---- watermarks

    @Test
    void aFullConnectionSaysSoAndTellsWhenItIsDrained() {
        ResponseStream stream = open();
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        client.block();
        assertTrue(write(stream, "x".repeat(60_000)));
        assertFalse(write(stream, "y".repeat(10_000)));
        assertEquals(0, drained.get());
        client.drain();
        assertEquals(1, drained.get());
        assertTrue(write(stream, "z"));
        client.drain();
        assertEquals(1, drained.get());
    }

    @Test
    void whatAnotherThreadWritesWaitsOnItsWay() throws Exception {
        ResponseStream stream = open();
        AtomicInteger drained = new AtomicInteger();
        stream.onDrained(drained::incrementAndGet);
        List<Boolean> room = new ArrayList<>();
        Thread writer = Thread.ofPlatform().start(() -> {
            room.add(write(stream, "x".repeat(60_000)));
            room.add(write(stream, "y".repeat(10_000)));
            stream.close();
        });
        writer.join(10_000);
        assertEquals(List.of(true, false), room);
        assertEquals("", client.takeSent());
        server.reactor.settle();
        String sent = client.takeSent();
        assertTrue(sent.contains("x\r\n2710\r\ny") && sent.endsWith("y\r\n0\r\n\r\n"), sent);
        assertEquals(A, client.receive(NEXT).takeSent());
    }

    @Test
    void theNextRequestWaitsUntilThereIsRoom() {
        ResponseStream stream = open();
        client.block().receive(NEXT);
        write(stream, "x".repeat(70_000));
        stream.close();
        server.reactor.settle();
        assertEquals(NEXT.length(), client.unread());
        assertTrue(client.drain().takeSent().endsWith("0\r\n\r\n" + A));
    }

    // ---- ends

    @Test
    void aClosedStreamTakesNothing() {
        ResponseStream stream = open();
        stream.close();
        assertEquals(HandServer.ok(""), client.takeSent());
        assertFalse(write(stream, "x"));
        assertFalse(stream.isOpen());
        stream.flush();
        stream.close();
        stream.abort();
        assertEquals("", client.takeSent());
        assertTrue(client.isOpen());
        assertEquals(1, closed.get());
    }

    @Test
    void anAbortCutsTheConnection() {
        ResponseStream stream = open();
        stream.flush();
        stream.abort();
        assertTrue(client.isReset());
        assertEquals(1, closed.get());
    }

    @Test
    void aClientThatIsGoneClosesTheStream() {
        ResponseStream stream = open();
        client.reset();
        assertEquals(1, closed.get());
        assertFalse(stream.isOpen());
        assertFalse(write(stream, "x"));
        stream.onClosed(closed::incrementAndGet);
        assertEquals(2, closed.get());
    }

    @Test
    void anExceptionBeforeAnythingIsSentIsA500() {
        serve((_, response) -> {
            write(response.stream().onClosed(closed::incrementAndGet), "held back");
            throw new IOException("on purpose");
        });
        assertEquals(HandServer.own(500, "") + A, client.receive(GET + NEXT).takeSent());
        assertEquals(1, closed.get());
    }

    @Test
    void anExceptionInTheMiddleCutsTheConnection() {
        serve((_, response) -> {
            response.stream().flush();
            throw new IOException("on purpose");
        });
        assertTrue(client.receive(GET + NEXT).isReset());
        assertEquals("", client.takeSent(), "what the callback wrote is dropped");
    }

    @Test
    void anExceptionOfACallbackCutsTheConnection() {
        ResponseStream stream = open();
        stream.onDrained(() -> {
            throw new IllegalStateException("on purpose");
        });
        client.block();
        write(stream, "x".repeat(70_000));
        assertTrue(client.drain().isReset());
    }

    // ---- files

    @Test
    void aFileIsSentInPieces(@TempDir Path folder) throws Exception {
        byte[] content = new byte[1_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + i % 23);
        }
        Path file = Files.write(folder.resolve("file"), content);
        List<FileChannel> opened = new ArrayList<>();
        serve((_, response) -> {
            opened.add(FileChannel.open(file));
            response.send(opened.getLast(), 10, 900_000);
        });
        client.block().receive(GET);
        assertTrue(opened.getFirst().isOpen());
        long waits = client.pending();
        assertTrue(waits > 64 * 1024 && waits < 600 * 1024, waits + " bytes wait for the client");
        assertEquals(1, client.transfers());
        String sent = client.drain().takeSent();
        assertFalse(opened.getFirst().isOpen());
        assertEquals(head(900_000) + new String(content, 10, 900_000, StandardCharsets.ISO_8859_1), sent);
        assertEquals(A, client.receive(NEXT).takeSent());
    }

    @Test
    void theFileStaysOpenUntilTheSystemHasAllOfIt(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        List<FileChannel> opened = new ArrayList<>();
        serve((_, response) -> {
            opened.add(FileChannel.open(file));
            response.send(opened.getLast(), 0, 100_000);
        });
        client.block().receive(GET + NEXT);
        assertTrue(opened.getFirst().isOpen());
        String sent = client.drain().takeSent();
        assertFalse(opened.getFirst().isOpen());
        assertEquals(head(100_000).length() + 100_000 + A.length(), sent.length());
        assertTrue(sent.endsWith(A));
        client.block().receive(GET);
        client.reset();
        assertFalse(opened.getLast().isOpen());
    }

    @Test
    void aFileThatIsEncodedPassesThroughItsEncoder(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        server.routes.add(
                (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        head.encode(new Halving());
                    }
                })),
                Mount.at("/x"));
        serve((_, response) -> response.send(FileChannel.open(file), 0, 100_000));
        String sent = client.receive(GET).takeSent();
        server.reactor.settle();
        sent += client.takeSent();
        assertEquals(0, client.transfers());
        assertTrue(sent.startsWith(CHUNKED_HEAD) && sent.endsWith("\r\n0\r\n\r\n"), sent::toString);
        assertEquals(50_000, sent.chars().filter(c -> c == 0).count());
    }

    @Test
    void aFileWhoseHeadIsSpoiledIsClosed(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        List<FileChannel> opened = new ArrayList<>();
        server.routes.add(
                (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        throw new IllegalStateException("on purpose");
                    }
                })),
                Mount.at("/x"));
        serve((_, response) -> {
            opened.add(FileChannel.open(file));
            response.send(opened.getLast(), 0, 100_000);
        });
        assertEquals(HandServer.own(500, "") + A, client.receive(GET + NEXT).takeSent());
        assertFalse(opened.getFirst().isOpen());
    }

    /** Leaves every second byte out. */
    private static final class Halving implements BodyEncoder {

        @Override
        public ByteBuffer encode(ByteBuffer body) {
            ByteBuffer half = ByteBuffer.allocate(body.remaining() / 2);
            body.position(body.limit());
            return half;
        }

        @Override
        public ByteBuffer finish() {
            return ByteBuffer.allocate(0);
        }
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Content-Length: " + length + "\r\n\r\n";
    }

    @Test
    void aSmallOrEmptyPartOfAFileIsAnAnswerToo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        serve((_, response) -> response.send(FileChannel.open(file), 3, 4));
        assertEquals(HandServer.ok("3456"), client.receive(GET).takeSent());
        HandServer empty = new HandServer().with("/x", (_, response) -> response.send(FileChannel.open(file), 10, 0));
        assertEquals(HandServer.ok(""), empty.answer(GET));
    }

    @Test
    void aFileThatIsShorterCutsTheConnection(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        List<FileChannel> opened = new ArrayList<>();
        serve((_, response) -> {
            opened.add(FileChannel.open(file));
            assertThrows(IllegalArgumentException.class, () -> response.send(opened.getFirst(), -1, 4));
            response.send(opened.getFirst(), 3, 8);
        });
        assertTrue(client.receive(GET).isReset());
        assertFalse(opened.getFirst().isOpen());
    }

    @Test
    void aBufferMayBeUsedAgainAtOnce() {
        ResponseStream stream = open();
        ByteBuffer buffer = ByteBuffer.allocate(1).put(0, (byte) 'a');
        stream.write(buffer);
        buffer.put(0, (byte) 'b').rewind();
        stream.write(buffer);
        stream.close();
        assertEquals(HandServer.ok("ab"), client.takeSent());
    }
}
