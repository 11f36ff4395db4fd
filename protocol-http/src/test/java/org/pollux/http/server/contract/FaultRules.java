package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.ErrorBody;
import org.pollux.http.HttpException;
import org.pollux.http.HttpHandler;
import org.pollux.http.Problem;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** What handlers, filters and callbacks throw, and what a client sees of it. */
interface FaultRules extends Rules {

    /** Serves a handler that fails, and then another request on the same connection. */
    private Asked fails(HttpHandler handler) {
        serveNext();
        serve(handler);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        nextIsServed(client);
        return asked;
    }

    @Test
    default void anExceptionIsA500AndTheConnectionGoesOn() {
        Asked asked = fails((request, response) -> {
            response.status(201).header("A", "b");
            throw new IOException("on purpose");
        });
        Rules.isOwn(500, asked);
        assertEquals(List.of(), asked.fields("A"));
    }

    @Test
    default void anErrorIsA500Too() {
        Rules.isOwn(500, fails((request, response) -> {
            throw new NoClassDefFoundError("on purpose");
        }));
    }

    @Test
    default void anHttpExceptionSaysTheStatus() {
        Rules.isOwn(409, fails((request, response) -> {
            throw new HttpException(409, "on purpose");
        }));
        assertThrows(IllegalArgumentException.class, () -> new HttpException(399, "no error"));
        assertThrows(IllegalArgumentException.class, () -> new HttpException(600, "no status"));
    }

    @Test
    default void anExceptionOfAFilterIsLikeAHandlers() {
        wire().routes()
                .add(
                        (request, response, next) -> {
                            throw request.query().isPresent()
                                    ? new HttpException(418, "on purpose")
                                    : new IllegalStateException("on purpose");
                        },
                        Mount.at("/*"));
        Rules.isOwn(500, get());
        Rules.isOwn(418, ask(Ask.get("/x?")));
    }

    @Test
    default void anExceptionAfterTheResponseChangesNothing() {
        Rules.isWhole(200, "ok", fails((request, response) -> {
            response.send("ok");
            throw new IllegalStateException("on purpose");
        }));
    }

    @Test
    default void anExceptionBeforeAnythingOfAStreamLeftIsA500() {
        AtomicInteger closed = new AtomicInteger();
        Rules.isOwn(500, fails((request, response) -> {
            response.stream().onClosed(closed::incrementAndGet).write(Rules.bytes("held back"));
            throw new IOException("on purpose");
        }));
        assertEquals(1, closed.get());
    }

    @Test
    default void anExceptionInTheMiddleCutsTheResponse() {
        AtomicInteger closed = new AtomicInteger();
        serve((request, response) -> {
            ResponseStream stream = response.stream().onClosed(closed::incrementAndGet);
            stream.write(Rules.bytes("abc"));
            stream.flush();
            throw new IOException("on purpose");
        });
        Asked asked = get();
        assertTrue(asked.isCut());
        assertFalse(asked.isWhole());
        assertEquals(1, closed.get());
    }

    // ---- problems

    private static Ask json(String target) {
        return Ask.get(target).with("Accept", "application/json, text/plain, */*");
    }

    private static void isProblem(int status, String json, Asked asked) {
        Rules.isWhole(status, json, asked);
        assertEquals(List.of("application/problem+json"), asked.fields("Content-Type"));
        assertEquals(List.of("Accept"), asked.fields("Vary"));
    }

    @Test
    default void aProblemIsJsonForAClientThatNamesItAndOtherwiseText() {
        serve((request, response) -> {
            if (request.query().isEmpty()) {
                response.header("A", "b").sendProblem(Problem.of(409, "\u00FC").title("Sent"));
            } else {
                throw new HttpException(Problem.of(422, "on purpose").type("/t"));
            }
        });
        Asked sent = ask(json("/x"));
        isProblem(409, "{\"status\":409,\"detail\":\"\\u00fc\",\"title\":\"Sent\"}", sent);
        assertEquals(List.of("b"), sent.fields("A"));
        isProblem(422, "{\"status\":422,\"detail\":\"on purpose\",\"type\":\"/t\"}", ask(json("/x?throw")));
        isProblem(404, "{\"status\":404,\"title\":\"Not Found\"}", ask(json("/nothing")));
        Asked text = get();
        Rules.isWhole(409, "409 Conflict\n\u00C3\u00BC\n", text);
        assertEquals(List.of("text/plain; charset=utf-8"), text.fields("Content-Type"));
        assertEquals(List.of(), text.fields("Vary"));
        Rules.isWhole(
                422,
                "422 Unprocessable Content\non purpose\n",
                ask(Ask.get("/x?throw").with("Accept", "*/*")));
    }

    @Test
    default void aTextThatIsPreferredToJsonIsSent() {
        serve((request, response) -> response.sendProblem(Problem.of(400)));
        String field = "text/plain, application/json;q=0.9, application/problem+json;q=0";
        Rules.isWhole(400, "400 Bad Request\n", ask(Ask.get("/x").with("Accept", field)));
    }

    @Test
    default void aPageFindsTheProblem() {
        wire().routes()
                .addErrorPage(
                        (_, request) -> ErrorBody.html(
                                request == null
                                        ? "-"
                                        : request.attribute(Problem.class)
                                                .map(Problem::detail)
                                                .orElse("none")),
                        Mount.at());
        serve((request, response) -> response.sendProblem(Problem.of(400, "because")));
        Rules.isWhole(400, "because", ask(json("/x")));
        Rules.isWhole(404, "none", ask(json("/nothing")));
    }

    // ---- of those who read bodies

    @Test
    @Tag(SeededTests.EXACT)
    default void anExceptionOfAReaderIsA500AndItHearsNoMore() {
        serveNext();
        Recorder recorder = new Recorder();
        recorder.also(() -> {
            throw new IllegalStateException("on purpose");
        });
        serve((request, response) -> request.body().read(recorder));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        asked.send("def");
        wire().turn();
        Rules.isOwn(500, asked);
        assertEquals("abc", recorder.bytes());
        recorder.heard();
        assertEquals(0, client.charged());
        nextIsServed(client);
    }

    @Test
    default void aReaderIsToldThatTheCallHasFailed() {
        serveNext();
        Recorder recorder = new Recorder();
        serve((request, response) -> {
            request.body().read(recorder);
            throw new IllegalStateException("on purpose");
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 3)).send("abc");
        wire().turn();
        Rules.isOwn(500, asked);
        recorder.heard("failed");
        nextIsServed(client);
    }

    @Test
    default void anExceptionOfAWholeBodysReaderSaysTheStatusToo() {
        serve((request, response) -> request.body().readAll(10, _ -> {
            throw new HttpException(422, "on purpose");
        }));
        Asked asked = wire().connect().ask(Ask.post("/x", 3)).send("abc");
        wire().turn();
        Rules.isOwn(422, asked);
    }

    // ---- error pages

    @Test
    default void aPageWritesTheBodiesOfErrors() {
        wire().routes()
                .addErrorPage(
                        (status, request) -> ErrorBody.html(status + (request == null ? "-" : request.path())),
                        Mount.at());
        serve((request, response) -> {
            switch (request.query().orElse("")) {
                case "send" -> response.header("A", "b").sendError(410);
                case "status" -> throw new HttpException(422, "on purpose");
                case "later" -> wire().execute(() -> response.sendError(503));
                default -> throw new IllegalStateException("on purpose");
            }
        });
        Asked missing = ask(Ask.get("/nothing"));
        Rules.isWhole(404, "404/nothing", missing);
        assertEquals(List.of("text/html; charset=utf-8"), missing.fields("Content-Type"));
        Asked sent = ask(Ask.get("/x?send"));
        Rules.isWhole(410, "410/x", sent);
        assertEquals(List.of("b"), sent.fields("A"));
        Rules.isWhole(422, "422/x", ask(Ask.get("/x?status")));
        Rules.isWhole(503, "503/x", ask(Ask.get("/x?later")));
        Rules.isWhole(500, "500/x", ask(Ask.get("/x")));
        Asked head = ask(Ask.head("/nothing"));
        Rules.isWhole(404, "", head);
        assertEquals(List.of("11"), head.fields("Content-Length"));
    }

    @Test
    default void anErrorHasOneType() {
        serve((request, response) ->
                response.header("content-type", "application/json").sendError(404));
        assertEquals(List.of("text/plain"), get().fields("Content-Type"));
    }

    @Test
    default void onlyErrorsAreSentAsErrors() {
        serve((request, response) -> {
            assertThrows(IllegalArgumentException.class, () -> response.sendError(200));
            assertThrows(IllegalArgumentException.class, () -> response.sendError(600));
            response.send("fine");
        });
        Rules.isWhole(200, "fine", get());
    }

    @Test
    default void whatAPageThrowsCostsNobodyTheResponse() {
        wire().routes()
                .addErrorPage(
                        (status, request) -> {
                            throw new IllegalStateException("on purpose");
                        },
                        Mount.at());
        Rules.isOwn(404, get());
    }

    @Test
    default void aPageOfALostClientIsNobodys() {
        List<Response> later = new ArrayList<>();
        serve((request, response) -> later.add(response));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        client.goAway();
        wire().turn();
        later.getFirst().sendError(503);
        wire().turn();
        assertEquals(0, asked.status());
    }
}
