package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandConnection;

/** What a handler may do with a request and its response, when, and from which thread. */
class HandlerTest {

    private static final String GET = "GET /x?y HTTP/1.1\r\nHost: h\r\nA: 1\r\n\r\n";

    private final HandServer server = new HandServer();

    private String answer(HttpHandler handler) {
        try (RouteRegistry.Registration _ = server.routes.add(handler, "/x")) {
            return server.answer(GET);
        }
    }

    // ---- answers

    @Test
    void anAnswerHasAStatusFieldsAndABody() {
        assertEquals(
                "HTTP/1.1 201 Created\r\n" + HandServer.DATE + "A: b\r\nA: \u00FC\tc\r\nContent-Length: 2\r\n\r\nok",
                answer((request, response) -> response.status(201)
                        .header("A", "b")
                        .header("A", "\u00FC\tc")
                        .send("ok")));
    }

    @Test
    void aBodyIsBytesABufferOrAText() {
        byte[] bytes = {'o', 'k'};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'-', 'o', 'k', '-'}, 1, 2);
        assertEquals(HandServer.ok("ok"), answer((request, response) -> response.send(bytes)));
        assertEquals(HandServer.ok("ok"), answer((request, response) -> response.send(buffer)));
        assertEquals(HandServer.ok("ok"), answer((request, response) -> response.send("ok")));
        assertEquals(HandServer.ok("\u00C3\u00BC"), answer((request, response) -> response.send("\u00FC")));
        assertEquals(HandServer.ok(""), answer((request, response) -> response.send()));
        assertFalse(buffer.hasRemaining());
    }

    @Test
    void aLargeBodyIsSentWhole() {
        byte[] large = new byte[100_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (' ' + i % 90);
        }
        String expected = HandServer.ok(new String(large, StandardCharsets.US_ASCII));
        assertEquals(expected, answer((request, response) -> response.send(large)));
        assertEquals(expected, answer((request, response) -> response.send(ByteBuffer.wrap(large))));
        assertEquals(expected, answer(elsewhere((request, response) -> response.send(large))));
    }

    @Test
    void someStatusesHaveNoBody() {
        assertEquals(
                "HTTP/1.1 204 No Content\r\n" + HandServer.DATE + "\r\n",
                answer((request, response) -> response.status(204).send()));
        assertEquals(
                "HTTP/1.1 304 Not Modified\r\n" + HandServer.DATE + "\r\n",
                answer((request, response) -> response.status(304).send()));
        assertEquals(
                "HTTP/1.1 205 Reset Content\r\n" + HandServer.DATE + "Content-Length: 0\r\n\r\n",
                answer((request, response) -> response.status(205).send()));
        for (int status : new int[] {204, 205, 304}) {
            assertEquals(
                    HandServer.own(500, ""),
                    answer((request, response) -> response.status(status).send("x")));
        }
    }

    @Test
    void aStatusThatIsNotFinalIsRefused() {
        answer((request, response) -> {
            for (int status : new int[] {-1, 0, 100, 199, 600, 1000}) {
                assertThrows(IllegalArgumentException.class, () -> response.status(status));
            }
            response.status(299).send();
        });
        assertEquals(
                "HTTP/1.1 299 \r\n" + HandServer.DATE + "Content-Length: 0\r\n\r\n",
                answer((request, response) -> response.status(299).send()));
    }

    @Test
    void aFieldThatWouldBeReadAsAnotherIsRefused() {
        assertEquals(HandServer.ok("ok"), answer((request, response) -> {
            for (String value :
                    new String[] {"a\r\nB: c", "a\nB: c", "a\r", "\u0000", "\u007F", "\u010D\u010A", "\u2028"}) {
                assertThrows(IllegalArgumentException.class, () -> response.header("A", value));
            }
            for (String name : new String[] {"", "A B", "A:", "A\r\nB", "\u00FC", "\u0141"}) {
                assertThrows(IllegalArgumentException.class, () -> response.header(name, "x"));
            }
            for (String name : new String[] {"connection", "Content-Length", "DATE", "transfer-encoding", "Server"}) {
                assertThrows(IllegalArgumentException.class, () -> response.header(name, "x"));
            }
            response.send("ok");
        }));
    }

    @Test
    void theServerFieldIsSentWhenConfigured() {
        HttpSettings none = HttpSettings.defaults();
        HandServer named = new HandServer(
                        new HttpSettings(none.head(), none.body(), none.connection(), Optional.of("Pollux")))
                .withText("/x");
        assertTrue(named.answer(GET).contains("\r\nServer: Pollux\r\n"));
    }

    @Test
    void theDateIsThatOfTheSecond() {
        server.withText("/x");
        assertTrue(server.answer(GET).contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
        server.time.pass(Duration.ofMillis(1));
        assertTrue(server.answer(GET).contains("\r\nDate: Sun, 06 Nov 1994 08:49:38 GMT\r\n"));
    }

    // ---- faults

    @Test
    void anExceptionIsA500AndTheConnectionGoesOn() {
        server.withText("/a").with("/x", (request, response) -> {
            response.status(200).header("A", "b");
            throw new IOException("on purpose");
        });
        String next = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
        assertEquals(HandServer.own(500, "") + HandServer.ok("/a"), server.answer(GET + next));
    }

    @Test
    void anErrorIsA500Too() {
        assertEquals(HandServer.own(500, ""), answer((request, response) -> {
            throw new NoClassDefFoundError("on purpose");
        }));
    }

    @Test
    void anExceptionAfterTheAnswerChangesNothing() {
        assertEquals(HandServer.ok("ok"), answer((request, response) -> {
            response.send("ok");
            throw new IllegalStateException("on purpose");
        }));
    }

    @Test
    void aSecondAnswerIsRefusedAndHarmsNothing() {
        List<Response> kept = new ArrayList<>();
        server.withText("/a").with("/x", (request, response) -> {
            kept.add(response);
            response.send("ok");
            assertThrows(IllegalStateException.class, () -> response.send("again"));
            assertThrows(IllegalStateException.class, () -> response.status(500));
            assertThrows(IllegalStateException.class, () -> response.header("A", "b"));
        });
        HandConnection client = server.connect().receive(GET);
        assertThrows(IllegalStateException.class, () -> kept.getFirst().send("again"));
        client.receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals(HandServer.ok("ok") + HandServer.ok("/a"), client.takeSent());
    }

    @Test
    void whoAnsweredNowAndLaterCannotReachAnotherRequest() {
        List<Response> kept = new ArrayList<>();
        server.with("/x", (request, response) -> {
            kept.add(response);
            if (kept.size() != 1) {
                response.send("now");
            }
        });
        HandConnection client = server.connect().receive(GET);
        kept.getFirst().send("later");
        client.receive(GET + GET);
        assertEquals(HandServer.ok("later") + HandServer.ok("now") + HandServer.ok("now"), client.takeSent());
        assertEquals(3, kept.stream().distinct().count());
    }

    @Test
    void eachRequestHasHandlesOfItsOwn() {
        List<Response> kept = new ArrayList<>();
        server.with("/x", (request, response) -> {
            kept.add(response);
            response.send("now");
        });
        server.answer(GET + GET);
        assertNotSame(kept.get(0), kept.get(1));
    }

    // ---- other threads

    @Test
    void anotherThreadMayAnswerDuringTheCall() {
        HandConnection client = server.with("/x", elsewhere((request, response) -> response.send(request.path())))
                .connect()
                .receive(GET + GET);
        server.reactor.settle();
        server.reactor.settle();
        assertEquals(HandServer.ok("/x") + HandServer.ok("/x"), client.takeSent());
    }

    @Test
    void anotherThreadMayReadAndAnswerAfterTheCall() throws Exception {
        AtomicReference<Request> request = new AtomicReference<>();
        AtomicReference<Response> response = new AtomicReference<>();
        server.withText("/a").with("/x", (asked, answer) -> {
            request.set(asked);
            response.set(answer);
        });
        HandConnection client = server.connect().receive(GET);
        // The loop's buffer is used by another connection meanwhile.
        server.connect().receive("GET /a HTTP/1.1\r\nHost: other\r\nA: 2\r\n\r\n");
        inAnotherThread(() -> {
            assertEquals("/x?y", request.get().target());
            assertEquals("1", request.get().headers().first("a").orElseThrow());
            byte[] body = {'o', 'k'};
            response.get().send(body);
            body[0] = '!';
            assertThrows(IllegalStateException.class, () -> response.get().send());
            assertEquals("/x?y", request.get().target());
            return true;
        });
        assertEquals("", client.takeSent());
        server.reactor.settle();
        assertThrows(IllegalStateException.class, () -> request.get().target());
        assertEquals(HandServer.ok("ok"), client.takeSent());
    }

    @Test
    void theLoopReadsARequestThatItAnswersLater() {
        AtomicReference<Runnable> later = new AtomicReference<>();
        server.with("/x", (request, response) -> later.set(() -> response.send(request.path() + request.query())));
        HandConnection client = server.connect().receive(GET);
        later.get().run();
        assertEquals(HandServer.ok("/xOptional[y]"), client.takeSent());
    }

    @Test
    void onlyOneOfManyThreadsAnswers() throws Exception {
        AtomicReference<Response> response = new AtomicReference<>();
        server.with("/x", (request, answer) -> response.set(answer));
        HandConnection client = server.connect().receive(GET);
        CountDownLatch start = new CountDownLatch(1);
        int sent = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(threads.submit(() -> {
                    start.await();
                    try {
                        response.get().send("one");
                        return true;
                    } catch (IllegalStateException _) {
                        return false;
                    }
                }));
            }
            start.countDown();
            for (var outcome : outcomes) {
                sent += outcome.get(10, TimeUnit.SECONDS) ? 1 : 0;
            }
        }
        server.reactor.settle();
        assertEquals(1, sent);
        assertEquals(HandServer.ok("one"), client.takeSent());
    }

    @Test
    void requestsOfOneConnectionGoOnWhenAnotherThreadAnswersAll() throws Exception {
        List<Response> waiting = new ArrayList<>();
        server.with("/x", (request, response) -> waiting.add(response));
        HandConnection client = server.connect().receive(GET.repeat(100));
        for (int i = 0; i < 100; i++) {
            Response response = waiting.getLast();
            inAnotherThread(() -> {
                response.send("ok");
                return true;
            });
            server.reactor.settle();
        }
        assertEquals(HandServer.ok("ok").repeat(100), client.takeSent());
        assertEquals(100, waiting.size());
        assertEquals(0, client.unread());
    }

    /** A handler that runs to its end on another thread, while the call waits for it. */
    private static HttpHandler elsewhere(HttpHandler handler) {
        return (request, response) -> inAnotherThread(() -> {
            handler.handle(request, response);
            return true;
        });
    }

    private static void inAnotherThread(Callable<Boolean> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertNotNull(thread.submit(work).get(10, TimeUnit.SECONDS));
        }
    }
}
