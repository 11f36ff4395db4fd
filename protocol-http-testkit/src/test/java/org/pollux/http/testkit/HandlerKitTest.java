package org.pollux.http.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.http.BodyHandler;
import org.pollux.http.EventStream;
import org.pollux.http.Headers;
import org.pollux.http.server.settings.Mount;

/** Handlers and filters are called without a socket. */
@Timeout(60)
class HandlerKitTest {

    private final HandlerKit kit = new HandlerKit();

    @Test
    void aHandlerResponds() {
        kit.routes()
                .add(
                        (request, response) -> response.status(201)
                                .header("A", "1")
                                .header("A", "2")
                                .send("Hello, " + request.parameter("name")
                                        + request.headers().first("B").orElse("")),
                        "/hello/{name}");
        Reply reply = kit.get("/hello/%C3%BC").header("B", "!").send();
        assertEquals(201, reply.status());
        assertEquals("Hello, \u00FC!", reply.text());
        assertEquals(Optional.of("1"), reply.header("a"));
        assertEquals(List.of("1", "2"), reply.headers("A"));
        assertEquals(404, kit.get("/other").send().status());
        assertEquals(405, kit.post("/hello/x").send().status());
        assertEquals("", kit.call("HEAD", "/hello/x").send().text());
    }

    @Test
    void aFilterIsInFront() {
        kit.routes()
                .add(
                        (request, response, next) -> {
                            if (request.query().isEmpty()) {
                                response.sendError(403);
                            } else {
                                next.handle(request, response);
                            }
                        },
                        Mount.at("/*"));
        kit.routes().add((request, response) -> response.status(204).send(), "/x");
        assertEquals(403, kit.get("/x").send().status());
        assertEquals(204, kit.get("/x?").send().status());
    }

    @Test
    void aBodyComesAsAWholeOrInPieces() {
        List<Integer> pieces = new ArrayList<>();
        kit.routes()
                .add(
                        (request, response) -> request.body().read(new BodyHandler() {
                            private int sum;

                            @Override
                            public void onData(ByteBuffer in) {
                                pieces.add(in.remaining());
                                sum += in.remaining();
                                in.position(in.limit());
                            }

                            @Override
                            public void onEnd(Headers trailers) {
                                response.send(String.valueOf(sum));
                            }
                        }),
                        Mount.at("/x").methods("POST"));
        assertEquals(
                "10", kit.post("/x").body("text/plain", "0123456789").send().text());
        assertEquals(
                "10",
                kit.post("/x").body("text/plain", "0123456789").pieces(4).send().text());
        assertEquals(List.of(10, 4, 4, 2), pieces);
    }

    @Test
    void aHandlerThatBlocksIsWaitedFor() {
        kit.routes()
                .add(
                        (request, response) -> {
                            byte[] body = request.body().inputStream().readAllBytes();
                            response.stream().outputStream().write(body);
                        },
                        Mount.at("/x").methods("PUT").blocking());
        byte[] large = "x".repeat(300_000).getBytes(UTF_8);
        assertEquals(
                large.length,
                kit.call("PUT", "/x").body("a/b", large).pieces(10_000).send().body().length);
    }

    @Test
    void aStreamGrowsAndTimePasses() {
        List<EventStream> streams = new ArrayList<>();
        kit.routes().add((request, response) -> streams.add(response.events()), "/events");
        Reply reply = kit.get("/events").begin();
        assertEquals(200, reply.status());
        assertEquals("", reply.text());
        streams.getFirst().send("one");
        assertEquals("data: one\n\n", reply.text());
        kit.pass(Duration.ofSeconds(16));
        assertFalse(reply.isComplete());
        assertTrue(reply.text().length() > "data: one\n\n".length(), "a heartbeat");
        streams.getFirst().close();
        assertTrue(reply.isComplete());
    }

    @Test
    void aResponseThatFailsInTheMiddleIsCutAndALostClientIsTold() {
        kit.routes()
                .add(
                        (request, response) -> {
                            response.stream().write(new byte[20_000]);
                            throw new IllegalStateException("on purpose");
                        },
                        "/fails");
        assertTrue(kit.get("/fails").send().isCut());
        List<EventStream> streams = new ArrayList<>();
        kit.routes().add((request, response) -> streams.add(response.events()), "/events");
        kit.get("/events").begin().disconnect();
        assertFalse(streams.getFirst().isOpen());
    }
}
