package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.BodyEncoder;
import org.pollux.http.BodyHandler;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/** What a handler keeps beyond its response throws, from every thread, and never reaches the next request. */
class LateHandleTest {

    private static final String FIRST =
            "POST /first HTTP/1.1\r\nHost: one\r\nAuthorization: first\r\n" + "Content-Length: 3\r\n\r\nabc";
    private static final String SECOND = "GET /second HTTP/1.1\r\nHost: two\r\nAuthorization: second\r\n\r\n";

    private static final BodyEncoder NOTHING = new BodyEncoder() {
        @Override
        public ByteBuffer encode(ByteBuffer body) {
            return body;
        }

        @Override
        public ByteBuffer finish() {
            return ByteBuffer.allocate(0);
        }
    };

    private final HandServer server = new HandServer();

    /** All that a handler could have kept of a request. */
    private static final class Kept {

        private final Request request;
        private final Headers headers;
        private final RequestBody body;
        private final Response response;

        Kept(Request request, Response response) {
            this.request = request;
            this.headers = request.headers();
            this.body = request.body();
            this.response = response;
        }

        Map<String, Executable> calls() {
            Map<String, Executable> calls = new LinkedHashMap<>();
            calls.put("method", request::method);
            calls.put("target", request::target);
            calls.put("scheme", request::scheme);
            calls.put("authority", request::authority);
            calls.put("path", request::path);
            calls.put("parameter", () -> request.parameter("*"));
            calls.put("query", request::query);
            calls.put("version", request::version);
            calls.put("headers", request::headers);
            calls.put("body", request::body);
            calls.put("remote", request::remote);
            calls.put("local", request::local);
            calls.put("queryParameters", request::queryParameters);
            calls.put("attribute", () -> request.attribute(String.class));
            calls.put("set attribute", () -> request.attribute(String.class, "first"));
            calls.put("headers.first", () -> headers.first("Authorization"));
            calls.put("headers.all", () -> headers.all("Authorization"));
            calls.put("headers.iterator", headers::iterator);
            calls.put("headers.forEach", () -> headers.forEach(_ -> {}));
            calls.put("body.length", body::length);
            calls.put("body.read", () -> body.read(_ -> {}));
            calls.put("body.readAll", () -> body.readAll(10, _ -> {}));
            calls.put("body.inputStream", body::inputStream);
            calls.put("body.pause", body::pause);
            calls.put("body.resume", body::resume);
            calls.put("status", () -> response.status(500));
            calls.put("header", () -> response.header("Set-Cookie", "first"));
            calls.put("intercept", () -> response.intercept(new ResponseInterceptor() {}));
            calls.put("send", response::send);
            calls.put("send bytes", () -> response.send(new byte[] {'l', 'a', 't', 'e'}));
            calls.put("send buffer", () -> response.send(ByteBuffer.wrap(new byte[] {'l'})));
            calls.put("send text", () -> response.send("late"));
            calls.put("read status", response::status);
            calls.put("set header", () -> response.setHeader("Set-Cookie", "first"));
            calls.put("remove header", () -> response.removeHeader("Set-Cookie"));
            calls.put("read headers", response::headers);
            calls.put("sendRedirect", () -> response.sendRedirect(302, "/late"));
            calls.put("sendError", () -> response.sendError(500));
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

    private static void inAnotherThread(Callable<Boolean> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertNotNull(thread.submit(work).get(10, TimeUnit.SECONDS));
        }
    }

    private void keepsThrowing(HttpHandler first) {
        List<Kept> kept = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        server.with(Mount.at("/first").methods("POST"), (request, response) -> {
            kept.add(new Kept(request, response));
            first.handle(request, response);
        });
        server.with("/second", (request, response) -> {
            kept.getFirst().allThrow("in the call of the next request");
            inAnotherThread(() -> {
                kept.getFirst().allThrow("in another thread, in the call of the next request");
                return true;
            });
            seen.add(request.headers().first("Authorization").orElseThrow());
            response.send("second");
        });
        HandConnection client = server.connect().receive(FIRST);
        server.reactor.settle();
        assertTrue(client.takeSent().startsWith("HTTP/1.1 200 "));
        kept.getFirst().allThrow("when nothing is under way");
        client.receive(SECOND);
        server.reactor.settle();
        assertEquals(HandServer.ok("second"), client.takeSent());
        assertEquals(List.of("second"), seen);
        assertTrue(client.isOpen());
    }

    @Test
    void afterAResponseInTheCall() {
        keepsThrowing((request, response) -> response.send("first"));
    }

    @Test
    void afterAResponseOfAnotherThreadInTheCall() {
        keepsThrowing((request, response) -> inAnotherThread(() -> {
            response.send("first");
            return true;
        }));
    }

    @Test
    void afterAResponseInALaterTurn() {
        keepsThrowing((request, response) -> server.reactor.execute(() -> response.send("first")));
    }

    @Test
    void afterAStream() {
        keepsThrowing((request, response) -> {
            ResponseStream stream = response.stream();
            stream.flush();
            stream.close();
        });
    }

    @Test
    void afterTheWholeBodyWasRead() {
        keepsThrowing((request, response) -> request.body().readAll(10, response::send));
    }

    @Test
    void aFileThatIsSentTooLateIsClosed(@TempDir Path folder) throws Exception {
        List<Response> kept = new ArrayList<>();
        server.with("/second", (request, response) -> {
            kept.add(response);
            response.send();
        });
        server.answer(SECOND);
        try (FileChannel file = FileChannel.open(Files.writeString(folder.resolve("file"), "abc"))) {
            assertThrows(IllegalStateException.class, () -> kept.getFirst().send(file, 0, 3));
            assertFalse(file.isOpen());
        }
    }

    /** The stream is the response's own: it is closed for ever, and does not reach what follows on its connection. */
    @Test
    void aStreamThatWasKeptReachesNobody() throws Exception {
        List<ResponseStream> kept = new ArrayList<>();
        server.with("/first", (request, response) -> {
            ResponseStream stream = response.stream();
            kept.add(stream);
            stream.flush();
            stream.close();
        });
        server.with("/second", (request, response) -> {
            lateCalls(kept.getFirst());
            inAnotherThread(() -> {
                lateCalls(kept.getFirst());
                return true;
            });
            ResponseStream stream = response.header("A", "b").stream();
            stream.write(new byte[] {'x'});
            server.reactor.settle();
            lateCalls(kept.getFirst());
            stream.close();
        });
        HandConnection client = server.connect().receive(FIRST.replace("POST", "GET"));
        client.takeSent();
        client.receive(SECOND);
        server.reactor.settle();
        assertEquals(HandServer.ok("", "x").replace("Content-Length", "A: b\r\nContent-Length"), client.takeSent());
        assertFalse(client.isReset());
    }

    private static void lateCalls(ResponseStream stream) {
        assertFalse(stream.write(new byte[] {'l', 'a', 't', 'e'}));
        assertFalse(stream.isOpen());
        stream.trailer("Late", "x");
        stream.flush();
        stream.abort();
        stream.close();
        assertThrows(Exception.class, () -> stream.outputStream().write(new byte[100_000]));
    }

    /** An input stream holds the body's insides: they are not used again. */
    @Test
    void anInputStreamThatWasKeptReachesNoOtherBody() throws Exception {
        List<InputStream> kept = new ArrayList<>();
        server.with(Mount.at("/first").methods("POST"), (request, response) -> {
            kept.add(request.body().inputStream());
            response.send("first");
        });
        AtomicReference<RequestBody> paused = new AtomicReference<>();
        List<String> heard = new ArrayList<>();
        server.with(Mount.at("/second").methods("POST"), (request, response) -> {
            paused.set(request.body());
            request.body().read(new BodyHandler() {
                @Override
                public void onData(ByteBuffer in) {
                    heard.add("data");
                    in.position(in.limit());
                    request.body().pause();
                }

                @Override
                public void onEnd(Headers trailers) {
                    heard.add("end");
                    response.send("second");
                }
            });
        });
        HandConnection client = server.connect().receive(FIRST);
        server.reactor.settle();
        client.receive(FIRST.replace("/first", "/second"));
        inAnotherThread(() -> {
            kept.getFirst().close();
            return true;
        });
        server.reactor.settle();
        assertEquals(List.of("data"), heard);
        paused.get().resume();
        server.reactor.settle();
        assertEquals(List.of("data", "end"), heard);
    }

    @Test
    void theHeadOfAResponseIsForTheCallAndItsThread() {
        List<ResponseHead> kept = new ArrayList<>();
        List<Headers> fields = new ArrayList<>();
        server.with(
                "/second",
                (request, response) -> response.intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                kept.add(head);
                                fields.add(head.headers());
                                assertEquals("b", head.headers().first("A").orElseThrow());
                                assertThrows(
                                        Throwable.class,
                                        () -> inAnotherThread(
                                                () -> head.headers().first("A").isPresent()));
                            }
                        })
                        .header("A", "b")
                        .send("second"));
        HandConnection client = server.connect().receive(SECOND);
        ResponseHead head = kept.getFirst();
        List<Executable> calls = List.of(
                head::request,
                head::status,
                head::headers,
                head::length,
                () -> head.header("Late", "x"),
                () -> head.removeHeader("A"),
                () -> head.encode(NOTHING),
                () -> fields.getFirst().first("A"),
                () -> fields.getFirst().all("A"),
                () -> fields.getFirst().iterator());
        calls.forEach(call -> assertThrows(IllegalStateException.class, call));
        assertEquals(
                HandServer.ok("A: b\r\n", "second").length(), client.takeSent().length());
    }

    @Test
    void trailersThatWereKeptAreTheirOwn() {
        List<Headers> kept = new ArrayList<>();
        server.with(
                Mount.at("/first").methods("POST"),
                (request, response) -> request.body().read(new BodyHandler() {
                    @Override
                    public void onData(ByteBuffer in) {
                        in.position(in.limit());
                    }

                    @Override
                    public void onEnd(Headers trailers) {
                        kept.add(trailers);
                        response.send();
                    }
                }));
        String chunked = "POST /first HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
        server.connect().receive(chunked + "Secret: first\r\n\r\n" + chunked + "Secret: other\r\n\r\n");
        assertEquals(Optional.of("first"), kept.get(0).first("Secret"));
        assertEquals(Optional.of("other"), kept.get(1).first("Secret"));
    }

    @Test
    void afterAConnectionIsLostInTheCallTheRequestIsStillItsOwn() {
        List<Request> kept = new ArrayList<>();
        server.with("/second", (request, response) -> {
            kept.add(request);
            response.stream().abort();
        });
        assertTrue(server.connect().receive(SECOND).isReset());
        server.connect().receive(SECOND.replace("second\r\n", "others\r\n"));
        assertEquals(Optional.of("second"), kept.getFirst().headers().first("Authorization"));
    }

    /** A filter that hands on what is over starts a handler that cannot do anything. */
    @Test
    void aFilterThatHandsOnTooLateHarmsNobody() throws Exception {
        AtomicReference<Callable<Boolean>> late = new AtomicReference<>();
        server.with(Mount.at("/second").blocking(), (request, response) -> response.send("blocking"));
        server.routes.add(
                (request, response, next) -> {
                    if (late.get() == null) {
                        late.set(() -> {
                            next.handle(request, response);
                            return true;
                        });
                        response.send("filter");
                    } else {
                        late.get().call();
                        response.send("next");
                    }
                },
                Mount.at("/*"));
        HandConnection client = server.connect().receive(SECOND);
        assertEquals(HandServer.ok("filter"), client.takeSent());
        client.receive(SECOND);
        server.reactor.settle();
        assertEquals(HandServer.ok("next"), client.takeSent());
        assertTrue(client.isOpen());
    }

    /**
     * A thread that is late by a moment, again and again: it reads its own request or is refused, whatever the loop does at
     * that moment, and what it writes is in its own response or in none.
     */
    @Test
    void aThreadThatRacesWithTheEndMeetsItsOwnRequestOnly() throws Exception {
        AtomicReference<Kept> latest = new AtomicReference<>();
        AtomicReference<String> leak = new AtomicReference<>();
        server.with("/kept", (request, response) -> {
            latest.set(new Kept(request, response));
            response.send("ok");
        });
        server.withText("/plain");
        Thread late = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted() && leak.get() == null) {
                Kept kept = latest.get();
                if (kept != null) {
                    look(kept, leak);
                }
            }
        });
        HandConnection client = server.connect();
        for (int i = 0; i < 20_000 && leak.get() == null; i++) {
            client.receive("GET /kept HTTP/1.1\r\nHost: h\r\nToken: kept\r\n\r\n");
            client.receive("GET /plain HTTP/1.1\r\nHost: h\r\nToken: another, and longer\r\n\r\n");
            String sent = client.takeSent();
            int plain = sent.lastIndexOf("HTTP/1.1 200");
            if (!sent.substring(plain).equals(HandServer.ok("/plain"))) {
                leak.set(sent);
            }
        }
        late.interrupt();
        late.join(10_000);
        assertEquals(null, leak.get());
    }

    private static void look(Kept kept, AtomicReference<String> leak) {
        try {
            kept.response.header("Set-Cookie", "kept");
        } catch (IllegalStateException _) {
            // as it should be
        }
        try {
            Optional<String> token = kept.headers.first("Token");
            Iterator<Header> all = kept.headers.iterator();
            if (!token.equals(Optional.of("kept")) || !kept.request.path().equals("/kept")) {
                leak.set(token + " of " + kept.request.path() + all);
            }
        } catch (IllegalStateException _) {
            // as it should be
        }
    }
}
