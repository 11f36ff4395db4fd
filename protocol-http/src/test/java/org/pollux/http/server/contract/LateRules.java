package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;

/** What a handler keeps beyond its response throws, from every thread, and never reaches another request. */
interface LateRules extends Rules {

    /** All that a handler could have kept of a request. */
    record Kept(Request request, Headers headers, RequestBody body, Response response, Headers fields) {

        static Kept of(Request request, Response response) {
            return new Kept(request, request.headers(), request.body(), response, response.headers());
        }

        private Map<String, Executable> calls() {
            Map<String, Executable> calls = new LinkedHashMap<>();
            calls.put("method", request::method);
            calls.put("target", request::target);
            calls.put("scheme", request::scheme);
            calls.put("authority", request::authority);
            calls.put("path", request::path);
            calls.put("parameter", () -> request.parameter("*"));
            calls.put("query", request::query);
            calls.put("queryParameters", request::queryParameters);
            calls.put("version", request::version);
            calls.put("headers", request::headers);
            calls.put("body", request::body);
            calls.put("remote", request::remote);
            calls.put("local", request::local);
            calls.put("attribute", () -> request.attribute(String.class));
            calls.put("set attribute", () -> request.attribute(String.class, "first"));
            calls.put("headers.first", () -> headers.first("Authorization"));
            calls.put("headers.all", () -> headers.all("Authorization"));
            calls.put("headers.iterator", headers::iterator);
            calls.put("body.length", body::length);
            calls.put("body.read", () -> body.read(_ -> {}));
            calls.put("body.readAll", () -> body.readAll(10, _ -> {}));
            calls.put("body.inputStream", body::inputStream);
            calls.put("body.pause", body::pause);
            calls.put("body.resume", body::resume);
            calls.put("status", response::status);
            calls.put("set status", () -> response.status(500));
            calls.put("header", () -> response.header("Set-Cookie", "first"));
            calls.put("setHeader", () -> response.setHeader("Set-Cookie", "first"));
            calls.put("removeHeader", () -> response.removeHeader("Set-Cookie"));
            calls.put("response.headers", response::headers);
            calls.put("fields.first", () -> fields.first("Set-Cookie"));
            calls.put("fields.all", () -> fields.all("Set-Cookie"));
            calls.put("fields.iterator", fields::iterator);
            calls.put("intercept", () -> response.intercept(new ResponseInterceptor() {}));
            calls.put("send", response::send);
            calls.put("send bytes", () -> response.send(new byte[] {'l', 'a', 't', 'e'}));
            calls.put("send buffer", () -> response.send(ByteBuffer.wrap(new byte[] {'l'})));
            calls.put("send text", () -> response.send("late"));
            calls.put("sendError", () -> response.sendError(500));
            calls.put("sendRedirect", () -> response.sendRedirect(302, "/late"));
            calls.put("stream", response::stream);
            calls.put("stream of a length", () -> response.stream(4));
            return calls;
        }

        void allThrow(String when) {
            calls().forEach((name, call) -> {
                IllegalStateException thrown =
                        assertThrows(IllegalStateException.class, call, () -> name + ", " + when);
                assertTrue(String.valueOf(thrown.getMessage()).length() > 40, () -> name + ": " + thrown);
            });
            assertTrue(response.isSent());
        }
    }

    private void keepsThrowing(HttpHandler first) throws Exception {
        List<Kept> kept = new ArrayList<>();
        serve((request, response) -> {
            kept.add(Kept.of(request, response));
            first.handle(request, response);
        });
        wire().routes()
                .add(
                        (request, response) -> {
                            kept.getFirst().allThrow("in the call of the next request");
                            Rules.elsewhere(() -> {
                                kept.getFirst().allThrow("in another thread, in the call of the next request");
                                return true;
                            });
                            assertEquals(
                                    "second",
                                    request.headers().first("Authorization").orElseThrow());
                            response.send("second");
                        },
                        "/second");
        Client client = wire().connect();
        Asked asked =
                client.ask(Ask.post("/x", 3).with("Authorization", "first")).send("abc");
        wire().turn();
        assertEquals(200, asked.status());
        kept.getFirst().allThrow("when nothing is under way");
        Asked second = client.ask(Ask.get("/second").with("Authorization", "second"));
        wire().turn();
        Rules.isWhole(200, "second", second);
        assertEquals(List.of(), second.fields("Set-Cookie"));
    }

    @Test
    default void whatIsKeptThrowsAfterAResponseInTheCall() throws Exception {
        keepsThrowing((request, response) -> response.send("first"));
    }

    @Test
    default void whatIsKeptThrowsAfterAResponseOfAnotherThread() throws Exception {
        keepsThrowing((request, response) -> Rules.elsewhere(() -> {
            response.send("first");
            return true;
        }));
    }

    @Test
    default void whatIsKeptThrowsAfterAResponseInALaterTurn() throws Exception {
        keepsThrowing((request, response) -> wire().execute(() -> response.send("first")));
    }

    @Test
    default void whatIsKeptThrowsAfterAStream() throws Exception {
        keepsThrowing((request, response) -> {
            ResponseStream stream = response.stream();
            stream.flush();
            stream.close();
        });
    }

    @Test
    default void whatIsKeptThrowsAfterTheWholeBodyWasRead() throws Exception {
        keepsThrowing((request, response) -> request.body().readAll(10, response::send));
    }

    @Test
    default void aStreamThatWasKeptReachesNobody() throws Exception {
        List<ResponseStream> kept = new ArrayList<>();
        serve((request, response) -> {
            ResponseStream stream = response.stream();
            kept.add(stream);
            stream.flush();
            stream.close();
        });
        wire().routes()
                .add(
                        (request, response) -> {
                            lateCalls(kept.getFirst());
                            Rules.elsewhere(() -> {
                                lateCalls(kept.getFirst());
                                return true;
                            });
                            ResponseStream stream = response.stream();
                            stream.write(Rules.bytes("x"));
                            wire().turn();
                            lateCalls(kept.getFirst());
                            stream.close();
                        },
                        "/second");
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        Asked second = client.ask(Ask.get("/second"));
        wire().turn();
        Rules.isWhole(200, "x", second);
        assertEquals(List.of(), second.trailers("Late"));
        assertTrue(client.isOpen());
    }

    private static void lateCalls(ResponseStream stream) {
        assertFalse(stream.write(Rules.bytes("late")));
        assertFalse(stream.isOpen());
        stream.trailer("Late", "x");
        stream.flush();
        stream.abort();
        stream.close();
        assertThrows(Exception.class, () -> stream.outputStream().write(new byte[100_000]));
    }

    /** A filter that hands on what is over starts a handler that cannot do anything. */
    @Test
    default void aFilterThatHandsOnTooLateHarmsNobody() {
        List<Executable> late = new ArrayList<>();
        serveNext();
        serve((request, response) -> response.send("handler"));
        wire().routes()
                .add(
                        (request, response, next) -> {
                            late.add(() -> next.handle(request, response));
                            response.send("filter");
                        },
                        org.pollux.http.server.settings.Mount.at("/x"));
        Client client = wire().connect();
        Rules.isWhole(200, "filter", client.ask(Ask.get("/x")));
        assertThrows(IllegalStateException.class, late.getFirst());
        nextIsServed(client);
    }
}
