package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
