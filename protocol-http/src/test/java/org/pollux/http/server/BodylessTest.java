package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.Status;
import org.pollux.reactor.testkit.HandConnection;

/** A response without a body is over when its head is sent, whatever its handler goes on to do. */
class BodylessTest {

    private static final String HEAD = "HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String NEXT = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String A = HandServer.ok("/a");
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Transfer-Encoding: chunked\r\n\r\n";

    private final HandServer server = new HandServer().withText("/a");
    private final AtomicInteger encoded = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /** An encoder that counts what it is asked for, and adds to it. */
    private final class Loud implements ResponseInterceptor, BodyEncoder {

        @Override
        public void onHead(ResponseHead head) {
            head.encode(this);
        }

        @Override
        public ByteBuffer encode(ByteBuffer body) {
            encoded.incrementAndGet();
            body.position(body.limit());
            return ByteBuffer.wrap("encoded".getBytes(ISO_8859_1));
        }

        @Override
        public ByteBuffer flush() {
            encoded.incrementAndGet();
            return ByteBuffer.wrap("flushed".getBytes(ISO_8859_1));
        }

        @Override
        public ByteBuffer finish() {
            encoded.incrementAndGet();
            return ByteBuffer.wrap("finished".getBytes(ISO_8859_1));
        }

        @Override
        public void close() {
            ended.incrementAndGet();
        }
    }

    private String ask(String requests, HttpHandler handler) {
        try (RouteRegistry.Registration _ = server.routes.add(handler, "/x")) {
            HandConnection client = server.connect().receive(requests);
            server.reactor.settle();
            assertFalse(client.isReset());
            return client.takeSent();
        }
    }

    @Test
    void aHandlerThatWritesWhileThereIsRoomEnds() {
        AtomicInteger closed = new AtomicInteger();
        byte[] piece = new byte[63 * 1024];
        String sent = ask(HEAD + HEAD + NEXT, (request, response) -> {
            ResponseStream stream = response.stream(999_999_999_999_999_999L).onClosed(closed::incrementAndGet);
            while (stream.write(piece)) {
                assertTrue(stream.isOpen());
            }
            assertFalse(stream.isOpen());
        });
        String head = "HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Content-Length: 999999999999999999\r\n\r\n";
        assertEquals(head + head + A, sent);
        assertEquals(2, closed.get());
    }

    @Test
    void aStreamThatNeverEndsDoesNotKeepTheNextRequestWaiting() {
        List<ResponseStream> events = new ArrayList<>();
        String sent = ask(HEAD + NEXT, (request, response) -> {
            ResponseStream stream = response.stream();
            stream.flush();
            events.add(stream);
        });
        assertEquals(CHUNKED + A, sent);
        assertFalse(events.getFirst().isOpen());
        assertFalse(events.getFirst().write(new byte[1]));
    }

    @Test
    void aStreamOfAnotherThreadIsClosedToo() throws Exception {
        List<ResponseStream> streams = new ArrayList<>();
        server.with("/x", (request, response) -> streams.add(response.stream()));
        HandConnection client = server.connect().receive(HEAD);
        ResponseStream stream = streams.getFirst();
        Thread writer = Thread.ofPlatform().start(stream::flush);
        writer.join(10_000);
        client.receive(NEXT);
        server.reactor.settle();
        assertEquals(CHUNKED + A, client.takeSent());
        assertFalse(stream.isOpen());
    }

    @Test
    void noEncoderIsAsked(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        HttpHandler flushed = (request, response) -> {
            ResponseStream stream = response.intercept(new Loud()).stream();
            stream.write(new byte[10]);
            stream.flush();
            stream.write(new byte[100_000]);
            stream.flush();
            stream.close();
        };
        assertEquals(CHUNKED + A, ask(HEAD + NEXT, flushed));
        assertEquals(
                CHUNKED + A,
                ask(
                        HEAD + NEXT,
                        (request, response) ->
                                response.intercept(new Loud()).send(FileChannel.open(file), 0, 100_000)));
        assertEquals(CHUNKED + A, ask(HEAD + NEXT, (request, response) -> {
            ResponseStream stream = response.intercept(new Loud()).stream();
            stream.write(new byte[100_000]);
            stream.trailer("A", "b").close();
        }));
        assertEquals(0, encoded.get());
        assertEquals(3, ended.get());
    }

    @Test
    void aStatusWithoutABodyIsNeitherEncodedNorFramed() {
        for (int status : new int[] {204, 205, 304}) {
            String head = "HTTP/1.1 " + status + " " + Status.reason(status) + "\r\n" + HandServer.DATE
                    + (status == 205 ? "Content-Length: 0\r\n\r\n" : "\r\n");
            String get = HEAD.replace("HEAD", "GET");
            for (String request : List.of(HEAD, get, get.replace("1.1", "1.0\r\nConnection: keep-alive"))) {
                String expected =
                        request.contains("1.0") ? head.replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n") : head;
                assertEquals(expected + A, ask(request + NEXT, (asked, response) -> {
                    ResponseStream stream = response.status(status).intercept(new Loud()).stream(0);
                    stream.flush();
                    assertFalse(stream.isOpen());
                    stream.trailer("A", "b").close();
                }));
                assertEquals(
                        expected + A,
                        ask(
                                request + NEXT,
                                (asked, response) -> response.status(status)
                                        .intercept(new Loud())
                                        .send()));
            }
        }
        assertEquals(0, encoded.get());
    }

    /** A filter may see CONNECT, and what it says to that has no length; what follows is not HTTP. */
    @Test
    void aTunnelHasNoBodyAndNothingFollows() {
        server.routes.add(
                (request, response, next) -> response.send(request.method().equals("CONNECT") ? "tunnel" : "other"),
                Mount.at("/*"));
        HandConnection client = server.connect().receive("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n" + NEXT);
        assertEquals("HTTP/1.1 200 OK\r\n" + HandServer.DATE + "Connection: close\r\n\r\n", client.takeSent());
        assertTrue(client.isClosed());
    }

    /** What a 304 stands for is shown to those who see it leave, and not sent (RFC 9110, section 15.4.5). */
    @Test
    void theTypeOfWhatHasNotChangedIsForFiltersOnly() {
        List<String> seen = new ArrayList<>();
        String sent = ask(
                HEAD.replace("HEAD", "GET"),
                (request, response) -> response.status(304)
                        .header("Content-Type", "text/plain")
                        .header("ETag", "\"a\"")
                        .intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                seen.add(head.headers().first("content-type").orElse("-"));
                            }
                        })
                        .send());
        assertEquals("HTTP/1.1 304 Not Modified\r\n" + HandServer.DATE + "ETag: \"a\"\r\n\r\n", sent);
        assertEquals(List.of("text/plain"), seen);
    }
}
