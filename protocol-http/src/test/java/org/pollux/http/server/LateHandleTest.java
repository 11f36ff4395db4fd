package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.pollux.http.BodyEncoder;
import org.pollux.http.BodyHandler;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.Await;
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
        private final Response response;

        Kept(Request request, Response response) {
            this.request = request;
            this.headers = request.headers();
            this.response = response;
        }
    }

    private static void inAnotherThread(Callable<Boolean> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertNotNull(thread.submit(work).get(40, TimeUnit.SECONDS));
        }
    }

    /** The second request is at work in the insides of the first one when the task is due. */
    @Test
    void aTaskThatWasLeftBehindIsNotRunInTheNextRequest() {
        List<String> called = new ArrayList<>();
        server.with("/first", (request, response) -> {
            request.execute(() -> called.add("task"));
            response.send("first");
        });
        server.with("/second", (request, response) -> called.add("second"));
        server.connect().receive(SECOND.replace("/second", "/first") + SECOND);
        server.reactor.settle();
        assertEquals(List.of("second"), called);
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
        Await.end(late);
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
