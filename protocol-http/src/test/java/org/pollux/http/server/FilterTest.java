package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.http.BodyEncoder;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.routing.Precedence;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** Filters in front of handlers, and what they see and change of the answers. */
class FilterTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    private final List<String> log = new ArrayList<>();
    private final HandServer server = new HandServer().withText("/x").withText("/admin/y");

    private HttpFilter tracing(String name) {
        return (request, response, next) -> {
            log.add(name);
            next.handle(request, response);
        };
    }

    private HttpFilter intercepting(ResponseInterceptor interceptor) {
        return (request, response, next) -> next.handle(request, response.intercept(interceptor));
    }

    private static String get(String path) {
        return GET.replace("/x", path);
    }

    // ---- which filters, and in which order

    @Test
    void theHigherRankingStandsInFrontAndAmongEqualsTheFirst() {
        server.routes.add(tracing("1"), Mount.at("/*"), new Precedence(0, 1));
        server.routes.add(tracing("2"), Mount.at("/*"), new Precedence(0, 2));
        server.routes.add(tracing("high"), Mount.at("/*"), new Precedence(9, 3));
        assertEquals(HandServer.ok("/x"), server.answer(GET));
        assertEquals(List.of("high", "1", "2"), log);
    }

    @Test
    void aFilterSeesWhatItsPathsMean() {
        server.with(Mount.at("/t/{id}/*").methods("*"), (_, response) -> response.send("t"));
        server.routes.add(tracing("all"), Mount.at("/*"));
        server.routes.add(tracing("exact"), Mount.at("/x"));
        server.routes.add(tracing("admin"), Mount.at("/admin").subpaths());
        server.routes.add(tracing("seven"), Mount.at("/t/7/*"));
        server.routes.add(tracing("post"), Mount.at("/*").methods("POST"));
        server.routes.add(tracing("host"), Mount.at("/*").hosts("H2"));
        seen("/x", "all", "exact");
        seen("/admin/y", "all", "admin");
        seen("/t/7/z", "all", "seven");
        seen("/t/8/z", "all");
        seen("/nothing", "all");
        seen("/admin/nothing", "all", "admin");
        log.clear();
        server.answer("POST /t/7 HTTP/1.1\r\nHost: h2:80\r\n\r\n");
        assertEquals(List.of("all", "seven", "post", "host"), log);
        log.clear();
        server.answer(get("/x").replace("GET", "POST") + get("*").replace("GET", "OPTIONS"));
        assertEquals(List.of("all", "exact", "post", "all"), log);
    }

    private void seen(String path, String... names) {
        log.clear();
        server.answer(get(path));
        assertEquals(List.of(names), log);
    }

    @Test
    void aFilterMayAnswerInTheHandlersPlace() {
        RouteRegistry.Registration guard =
                server.routes.add((_, response, _) -> response.status(403).send("no"), Mount.at("/admin/*"));
        assertTrue(server.answer(get("/admin/y")).startsWith("HTTP/1.1 403 "));
        assertEquals(HandServer.ok("/x"), server.answer(GET));
        guard.close();
        assertEquals(HandServer.ok("/admin/y"), server.answer(get("/admin/y")));
    }

    @Test
    void aFilterMayHandOnLater() {
        server.routes.add(
                (request, response, next) -> server.reactor.execute(() -> {
                    try {
                        next.handle(request, response);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }),
                Mount.at("/*"));
        assertEquals(HandServer.ok("/x"), server.answer(GET));
    }

    @Test
    void anExceptionOfAFilterIsA500() {
        server.routes.add(
                (_, _, _) -> {
                    throw new IllegalStateException("on purpose");
                },
                Mount.at("/*"));
        assertEquals(HandServer.own(500, ""), server.answer(GET));
    }

    // ---- what is refused

    private HttpFilter hearing(String name) {
        return new HttpFilter() {
            @Override
            public void filter(Request request, Response response, HttpHandler next) throws Exception {
                log.add(name + " " + request.method());
                next.handle(request, response);
            }

            @Override
            public void onRefused(SocketAddress remote, int status, long bytes) {
                log.add(name + " " + status + " " + bytes + " " + remote);
            }
        };
    }

    @Test
    void theFiltersOfEverythingHearOfWhatIsNoRequest() {
        server.routes.add(hearing("first"), Mount.at("/x", "/*"));
        server.routes.add(hearing("path"), Mount.at("/x"));
        server.routes.add(hearing("method"), Mount.at("/*").methods("*"));
        server.routes.add(hearing("host"), Mount.at("/*").hosts("h"));
        server.routes.add(hearing("second"), Mount.at("/*"));
        HandConnection client = server.connect().receive("GET /x HTTP/1.1\r\n\r\n");
        assertEquals(HandServer.refusal(400), client.takeSent());
        String rest = " 400 16 " + client.remote();
        assertEquals(List.of("first" + rest, "second" + rest), log);
        log.clear();
        server.connect().receive("HEAD /x HTTP/2.0\r\nHost: h\r\n\r\n");
        assertEquals(List.of("first 505 0 " + client.remote(), "second 505 0 " + client.remote()), log);
        log.clear();
        server.connect().receive("GET ").timeOut();
        assertEquals("first 408 20 " + client.remote(), log.getFirst());
    }

    @Test
    void aRequestThatNobodyCouldServeIsARequestForFilters() {
        server.routes.add(hearing("f"), Mount.at("/*"));
        String head = "PUT /x HTTP/1.1\r\nHost: h\r\n";
        String next = "\r\n\r\nabc" + GET;
        assertEquals(HandServer.refusal(413), server.answer(head + "Content-Length: 99999999999" + next));
        assertEquals(HandServer.refusal(417), server.answer(head + "Expect: x" + next));
        assertEquals(HandServer.refusal(501), server.answer(head + "Transfer-Encoding: x, chunked" + next));
        assertEquals(List.of("f PUT", "f PUT", "f PUT"), log);
    }

    @Test
    void aFilterThatFailsInOnRefusedHarmsNobody() {
        server.routes.add(
                new HttpFilter() {
                    @Override
                    public void filter(Request request, Response response, HttpHandler next) {}

                    @Override
                    public void onRefused(SocketAddress remote, int status, long bytes) {
                        throw new IllegalStateException("on purpose");
                    }
                },
                Mount.at("/*"));
        server.routes.add(hearing("second"), Mount.at("/*"));
        assertEquals(HandServer.refusal(400), server.answer("GET /x HTTP/1.1\r\n\r\n"));
        assertEquals(1, log.size());
    }

    // ---- the head

    @Test
    void anInterceptorSeesAndChangesTheHead() {
        server.with(
                "/f",
                (_, response) -> response.status(201)
                        .header("A", "b")
                        .header("C", "d")
                        .header("a", "e")
                        .send("body"));
        server.routes.add(
                intercepting(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        log.add(head.request().path() + " " + head.status() + " " + head.length() + " "
                                + head.headers().all("A"));
                        head.removeHeader("a").header("X", "y");
                    }
                }),
                Mount.at("/*"));
        assertEquals(
                "HTTP/1.1 201 Created\r\n" + HandServer.DATE + "C: d\r\nX: y\r\nContent-Length: 4\r\n\r\nbody",
                server.answer(get("/f")));
        assertEquals(List.of("/f 201 OptionalLong[4] [b, e]"), log);
    }

    @Test
    void theInterceptorThatWasAddedLastIsFirst() {
        for (String name : List.of("outer", "inner")) {
            server.routes.add(
                    intercepting(new ResponseInterceptor() {
                        @Override
                        public void onHead(ResponseHead head) {
                            log.add(name + " head");
                        }

                        @Override
                        public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
                            log.add(name + " end");
                        }
                    }),
                    Mount.at("/*"));
        }
        server.answer(GET);
        assertEquals(List.of("inner head", "outer head", "inner end", "outer end"), log);
    }

    @Test
    void theServersOwnAnswersAreSeenToo() {
        server.with("/fails", (_, _) -> {
            throw new IllegalStateException("on purpose");
        });
        server.routes.add(intercepting(new Log()), Mount.at("/*"));
        server.answer(get("/nothing"));
        server.answer(get("/fails"));
        server.answer(get("/x").replace("GET", "BREW"));
        assertEquals(List.of("GET /nothing 404 14 whole", "GET /fails 500 26 whole", "BREW /x 501 20 whole"), log);
    }

    // ---- the end

    /** Writes an access log. */
    private final class Log implements ResponseInterceptor {
        @Override
        public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
            log.add(request.method() + " " + request.path() + " " + status + " " + bytes + " "
                    + (failure == null ? "whole" : failure.getMessage()));
        }
    }

    @Test
    void theEndTellsWhatWasSent() {
        server.with("/s", (_, response) -> {
            try (ResponseStream stream = response.stream()) {
                stream.write("abc".getBytes(StandardCharsets.US_ASCII));
                stream.flush();
                stream.write("def".getBytes(StandardCharsets.US_ASCII));
            }
        });
        server.routes.add(intercepting(new Log()), Mount.at("/*"));
        server.answer(GET + GET.replace("GET", "HEAD") + get("/s"));
        assertEquals(List.of("GET /x 200 2 whole", "HEAD /x 200 0 whole", "GET /s 200 6 whole"), log);
    }

    @Test
    void theEndTellsThatAClientIsGone() {
        server.with("/s", (_, response) -> {
            ResponseStream stream = response.stream();
            stream.write("abc".getBytes(StandardCharsets.US_ASCII));
            stream.flush();
        });
        server.routes.add(intercepting(new Log()), Mount.at("/*"));
        server.connect().receive(get("/s")).reset();
        assertEquals(List.of("GET /s 200 3 Connection reset"), log);
    }

    // ---- the body

    /** Sends a body in capitals, in brackets, and holds every byte back until there are three. */
    private static final class Capitals implements BodyEncoder {

        private final List<String> log;
        private String held = "[";

        Capitals(List<String> log) {
            this.log = log;
        }

        @Override
        public ByteBuffer encode(ByteBuffer body) {
            held += StandardCharsets.US_ASCII.decode(body).toString().toUpperCase(Locale.ROOT);
            return held.length() < 3 ? ByteBuffer.allocate(0) : flush();
        }

        @Override
        public ByteBuffer flush() {
            ByteBuffer all = StandardCharsets.US_ASCII.encode(held);
            held = "";
            return all;
        }

        @Override
        public ByteBuffer finish() {
            held += "]";
            return flush();
        }

        @Override
        public void close() {
            log.add("closed");
        }
    }

    private void encode() {
        server.routes.add(
                intercepting(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        head.encode(new Capitals(log)).header("Content-Encoding", "capitals");
                    }
                }),
                Mount.at("/*"));
    }

    private static final String ENCODED = "Content-Encoding: capitals\r\n";

    @Test
    void aWholeBodyIsEncodedAndGetsItsLength() {
        encode();
        assertEquals(
                "HTTP/1.1 200 OK\r\n" + HandServer.DATE + ENCODED + "Content-Length: 4\r\n\r\n[/X]",
                server.answer(GET));
        assertEquals(List.of("closed"), log);
    }

    @Test
    void twoEncodersStandBehindOneAnother() {
        encode();
        encode();
        assertTrue(server.answer(GET).endsWith("Content-Length: 6\r\n\r\n[[/X]]"));
    }

    @Test
    void aStreamIsEncodedPieceByPiece() {
        encode();
        server.with("/s", (_, response) -> {
            try (ResponseStream stream = response.stream(3)) {
                stream.write("a".getBytes(StandardCharsets.US_ASCII));
                stream.flush();
                stream.write("b".getBytes(StandardCharsets.US_ASCII));
                stream.write("c".getBytes(StandardCharsets.US_ASCII));
            }
        });
        assertTrue(server.answer(get("/s"))
                .endsWith(ENCODED + "Transfer-Encoding: chunked\r\n\r\n2\r\n[A\r\n3\r\nBC]\r\n0\r\n\r\n"));
        assertEquals(List.of("closed"), log);
    }

    @Test
    void anAnswerWithoutABodyIsNotEncoded() {
        encode();
        server.with("/none", (_, response) -> response.status(204).send());
        assertTrue(server.answer(get("/none")).endsWith(ENCODED + "\r\n"));
        assertTrue(server.answer(GET.replace("GET", "HEAD")).endsWith(ENCODED + "\r\n"));
        assertEquals(List.of("closed", "closed"), log);
    }

    @Test
    void anInterceptorThatFailsIsA500() {
        server.routes.add(
                intercepting(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        throw new IllegalStateException("on purpose");
                    }
                }),
                Mount.at("/*"));
        assertEquals(HandServer.own(500, "") + HandServer.own(500, ""), server.answer(GET + GET));
    }

    @Test
    void anEncoderThatFailsIsA500UnlessTheAnswerHasBegun() {
        server.with("/s", (_, response) -> {
            ResponseStream stream = response.stream();
            stream.flush();
            stream.write("a".getBytes(StandardCharsets.US_ASCII));
        });
        server.routes.add(
                intercepting(new ResponseInterceptor() {
                    @Override
                    public void onHead(ResponseHead head) {
                        if (head.status() == 200) {
                            head.encode(new Failing());
                        }
                    }
                }),
                Mount.at("/*"));
        assertEquals(HandServer.own(500, ""), server.answer(GET));
        assertTrue(server.connect().receive(get("/s")).isReset());
        assertEquals(List.of("closed", "closed"), log);
    }

    private final class Failing implements BodyEncoder {
        @Override
        public ByteBuffer encode(ByteBuffer body) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public ByteBuffer finish() {
            throw new AssertionError();
        }

        @Override
        public void close() {
            log.add("closed");
        }
    }
}
