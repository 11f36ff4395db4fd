package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.pollux.http.HttpHandler;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.HandServer;
import org.pollux.reactor.testkit.HandConnection;

/** Responses in pieces: what is held back, how they are framed, watermarks, ends. */
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
    void aSmallResponseGetsALength() {
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
    void trailersFollowTheBody() {
        ResponseStream stream = open();
        write(stream, "abc");
        stream.trailer("A", "b").trailer("C", "d");
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("E", "f\r\nG: h"));
        assertThrows(IllegalArgumentException.class, () -> stream.trailer("Content-Length", "1"));
        stream.close();
        assertEquals(CHUNKED_HEAD + "3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n", client.takeSent());
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

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Content-Length: " + length + "\r\n\r\n";
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
