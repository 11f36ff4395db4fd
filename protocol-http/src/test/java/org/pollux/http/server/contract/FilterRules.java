package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpException;
import org.pollux.http.HttpFilter;
import org.pollux.http.Request;
import org.pollux.http.RequestWrapper;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Filters in front of handlers, and those who see responses leave. */
interface FilterRules extends Rules {

    private void filter(HttpFilter filter) {
        wire().routes().add(filter, Mount.at("/*"));
    }

    private void intercept(ResponseInterceptor interceptor) {
        filter((request, response, next) -> next.handle(request, response.intercept(interceptor)));
    }

    @Test
    default void filtersStandInTheirOrder() {
        List<String> log = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            filter((request, response, next) -> {
                log.add(name);
                next.handle(request, response);
            });
        }
        serve((request, response) -> {
            log.add("handler");
            response.send();
        });
        Rules.isWhole(200, "", get());
        assertEquals(List.of("first", "second", "handler"), log);
    }

    @Test
    default void aFilterRespondsInTheHandlersPlace() {
        filter((request, response, next) -> response.status(403).send("no"));
        serve((request, response) -> response.send("yes"));
        Rules.isWhole(403, "no", get());
        Rules.isWhole(403, "no", ask(Ask.get("/nothing")));
    }

    @Test
    default void aFilterHandsOnLaterAndWhatFailsThenIsItsOwn() {
        filter((request, response, next) -> wire().execute(() -> {
            try {
                next.handle(request, response);
            } catch (Exception e) {
                response.sendError(502);
            }
        }));
        serve((request, response) -> {
            if (request.query().isPresent()) {
                throw new IllegalStateException("on purpose");
            }
            response.send("ok");
        });
        Rules.isWhole(200, "ok", get());
        Rules.isOwn(502, ask(Ask.get("/x?")));
    }

    @Test
    default void aFilterThatWorksElsewhereHandsOnWhereHandlersExpectIt() {
        List<Thread> threads = new ArrayList<>();
        List<Thread> called = new ArrayList<>();
        filter((request, response, next) -> threads.add(Thread.startVirtualThread(() -> request.execute(() -> {
            called.add(Thread.currentThread());
            next.handle(request, response);
        }))));
        serve((request, response) -> {
            if (request.query().isPresent()) {
                throw new HttpException(409, "on purpose");
            }
            request.body().readAll(9, response::send);
        });
        Asked posted = wire().connect().ask(Ask.post("/x", 3)).send("abc");
        wire().until(posted::isWhole);
        Rules.isWhole(200, "abc", posted);
        Asked failed = wire().connect().ask(Ask.get("/x?"));
        wire().until(failed::isWhole);
        Rules.isOwn(409, failed);
        assertEquals(2, threads.size());
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), called);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void aTaskOfARequestThatIsOverIsNotRun() {
        List<Request> kept = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        serveNext();
        serve((request, response) -> {
            kept.add(request);
            request.execute(() -> ran.add("after the response"));
            response.send();
        });
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        wire().turn();
        kept.getFirst().execute(() -> ran.add("of another request"));
        nextIsServed(client);
        filter((request, response, next) -> kept.add(request));
        client.ask(Ask.get("/x"));
        wire().turn();
        client.goAway();
        wire().turn();
        kept.getLast().execute(() -> ran.add("of a lost client"));
        wire().turn();
        assertEquals(List.of(), ran);
    }

    @Test
    default void aFilterHandsOnAnotherRequest() {
        filter((request, response, next) -> next.handle(
                new RequestWrapper(request) {
                    @Override
                    public String authority() {
                        return "example.org";
                    }
                },
                response));
        serve((request, response) -> response.send(request.authority() + request.path()));
        Rules.isWhole(200, "example.org/x", get());
    }

    @Test
    default void whereAFilterIsDemandedAndMissingNobodyPasses() {
        wire().routes().require("auth", "/x");
        serveNext();
        serve((request, response) -> response.send("secret"));
        Rules.isOwn(503, get());
        Rules.isWhole(200, "/a", ask(Ask.get("/a")));
        wire().routes().add("auth", (request, response, next) -> next.handle(request, response), Mount.at("/*"));
        Rules.isWhole(200, "secret", get());
    }

    // ---- the head

    @Test
    default void anInterceptorSeesAndChangesTheHead() {
        List<String> log = new ArrayList<>();
        intercept(new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                log.add(head.request().path() + " " + head.status() + " " + head.length() + " "
                        + head.headers().all("A"));
                head.removeHeader("a").setHeader("B", "2").header("X", "y");
            }
        });
        serve((request, response) -> response.status(201)
                .header("A", "b")
                .header("B", "1")
                .header("a", "e")
                .send("body"));
        Asked asked = get();
        Rules.isWhole(201, "body", asked);
        assertEquals(List.of(), asked.fields("A"));
        assertEquals(List.of("2"), asked.fields("B"));
        assertEquals(List.of("y"), asked.fields("X"));
        assertEquals(List.of("/x 201 OptionalLong[4] [b, e]"), log);
    }

    @Test
    default void theInterceptorThatWasAddedLastIsFirst() {
        List<String> log = new ArrayList<>();
        for (String name : List.of("outer", "inner")) {
            intercept(new ResponseInterceptor() {
                @Override
                public void onHead(ResponseHead head) {
                    log.add(name + " head");
                }

                @Override
                public void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {
                    log.add(name + " end");
                }
            });
        }
        serve((request, response) -> response.send());
        get();
        assertEquals(List.of("inner head", "outer head", "inner end", "outer end"), log);
    }

    @Test
    default void anInterceptorThatFailsIsA500() {
        serveNext();
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                throw new IllegalStateException("on purpose");
                            }
                        })),
                        Mount.at("/x"));
        serve((request, response) -> response.send("ok"));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        Rules.isOwn(500, asked);
        nextIsServed(client);
    }

    @Test
    default void theLengthOfAStreamIsKnownWhenItWasAnnounced() {
        List<OptionalLong> lengths = new ArrayList<>();
        intercept(new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                lengths.add(head.length());
            }
        });
        serve((request, response) -> {
            try (ResponseStream stream = request.query().isPresent() ? response.stream(1) : response.stream()) {
                stream.flush();
                stream.write(Rules.bytes("x"));
            }
        });
        Rules.isWhole(200, "x", get());
        Rules.isWhole(200, "x", ask(Ask.get("/x?")));
        assertEquals(List.of(OptionalLong.empty(), OptionalLong.of(1)), lengths);
    }

    // ---- the end

    @Test
    default void theEndTellsWhatWasSent() {
        List<String> log = new ArrayList<>();
        intercept(new EndLog(log));
        serve((request, response) -> {
            try (ResponseStream stream = response.stream()) {
                stream.write(Rules.bytes("abc"));
                stream.flush();
                stream.write(Rules.bytes("def"));
            }
        });
        serveNext();
        ask(Ask.get("/a"));
        ask(Ask.head("/a"));
        get();
        ask(Ask.get("/nothing"));
        assertEquals(
                List.of("GET /a 200 2 whole", "HEAD /a 200 0 whole", "GET /x 200 6 whole", "GET /nothing 404 14 whole"),
                log);
    }

    @Test
    default void theEndTellsWhatTheHandlersFailureCost() {
        List<String> log = new ArrayList<>();
        intercept(new EndLog(log));
        serve((request, response) -> {
            if (request.query().isPresent()) {
                ResponseStream stream = response.stream();
                stream.write(Rules.bytes("abc"));
                stream.flush();
            }
            throw new IllegalStateException("on purpose");
        });
        get();
        assertTrue(ask(Ask.get("/x?")).isCut());
        assertEquals("GET /x 500 26 whole", log.getFirst());
        // a wire may drop what the callback that fails has written
        assertTrue(
                List.of("GET /x 200 3 on purpose", "GET /x 200 0 on purpose").contains(log.getLast()), log::toString);
    }

    // ---- the body

    private void encode(List<String> log) {
        intercept(new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                head.encode(new Capitals(log)).header("Content-Encoding", "capitals");
            }
        });
    }

    @Test
    default void aWholeBodyIsEncoded() {
        List<String> log = new ArrayList<>();
        encode(log);
        serve((request, response) -> response.send("x"));
        Asked asked = get();
        Rules.isWhole(200, "[X]", asked);
        assertEquals(List.of("3"), asked.fields("Content-Length"));
        assertEquals(List.of("closed"), log);
    }

    @Test
    default void twoEncodersStandBehindOneAnother() {
        encode(new ArrayList<>());
        encode(new ArrayList<>());
        serve((request, response) -> response.send("x"));
        Rules.isWhole(200, "[[X]]", get());
    }

    @Test
    default void aStreamIsEncodedAndItsFlushReachesTheClient() {
        List<String> log = new ArrayList<>();
        encode(log);
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream(3)));
        Asked asked = get();
        ResponseStream stream = streams.getFirst();
        stream.write(Rules.bytes("a"));
        stream.flush();
        assertEquals("[A", asked.body());
        stream.write(Rules.bytes("b"));
        stream.write(Rules.bytes("c"));
        stream.close();
        Rules.isWhole(200, "[ABC]", asked);
        assertEquals(List.of(), asked.fields("Content-Length"));
        assertEquals(List.of("closed"), log);
    }

    @Test
    default void anEncoderThatFailsIsA500UnlessTheResponseHasBegun() {
        List<String> log = new ArrayList<>();
        intercept(new ResponseInterceptor() {
            @Override
            public void onHead(ResponseHead head) {
                if (head.status() == 200) {
                    head.encode(new FailingEncoder(log));
                }
            }
        });
        serve((request, response) -> {
            if (request.query().isPresent()) {
                ResponseStream stream = response.stream();
                stream.flush();
                stream.write(Rules.bytes("a"));
            } else {
                response.send("ok");
            }
        });
        Rules.isOwn(500, get());
        Asked begun = ask(Ask.get("/x?"));
        assertTrue(begun.isCut());
        assertFalse(begun.isWhole());
        assertEquals(List.of("closed", "closed"), log);
    }
}
