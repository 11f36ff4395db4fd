package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.reactor.tck.seeds.SeededTests;

/** How a handler responds, when, and from which thread. */
interface HandlerRules extends Rules {

    // ---- what is sent

    @Test
    default void aResponseHasAStatusFieldsAndABody() {
        serve((request, response) ->
                response.status(201).header("A", "b").header("A", "\u00FC\tc").send("ok"));
        Asked asked = get();
        Rules.isWhole(201, "ok", asked);
        assertEquals(List.of("b", "\u00FC\tc"), asked.fields("a"));
        assertEquals(List.of("2"), asked.fields("Content-Length"));
        assertEquals(1, asked.fields("Date").size());
    }

    @Test
    default void aBodyIsBytesABufferOrAText() {
        byte[] bytes = {'o', 'k'};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'-', 'o', 'k', '-'}, 1, 2);
        List<HttpHandler> handlers = List.of(
                (request, response) -> {
                    response.send(bytes);
                    bytes[0] = '!';
                },
                (request, response) -> {
                    response.send(buffer);
                    assertFalse(buffer.hasRemaining());
                    buffer.put(1, (byte) '!');
                },
                (request, response) -> response.send("ok"));
        for (HttpHandler handler : handlers) {
            try (var _ = wire().routes().add(handler, "/y")) {
                Rules.isWhole(200, "ok", ask(Ask.get("/y")));
            }
        }
        serve((request, response) -> response.send("\u00FC"));
        Rules.isWhole(200, "\u00C3\u00BC", get());
    }

    @Test
    default void aLargeBodyIsSentWhole() {
        byte[] large = new byte[100_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (' ' + i % 90);
        }
        String text = new String(large, java.nio.charset.StandardCharsets.US_ASCII);
        List<HttpHandler> handlers = List.of(
                (request, response) -> response.send(large),
                (request, response) -> response.send(ByteBuffer.wrap(large)),
                (request, response) -> Rules.elsewhere(() -> {
                    response.send(large);
                    return true;
                }));
        for (HttpHandler handler : handlers) {
            try (var _ = wire().routes().add(handler, "/y")) {
                Rules.isWhole(200, text, ask(Ask.get("/y")));
            }
        }
    }

    @Test
    default void aStatusThatIsNotFinalIsRefused() {
        serve((request, response) -> {
            for (int status : new int[] {-1, 0, 100, 199, 600, 1000}) {
                assertThrows(IllegalArgumentException.class, () -> response.status(status));
            }
            response.status(299).send();
        });
        Rules.isWhole(299, "", get());
    }

    @Test
    default void aFieldThatWouldBeReadAsAnotherIsRefused() {
        serve((request, response) -> {
            for (String value :
                    new String[] {"a\r\nB: c", "a\nB: c", "a\r", "\u0000", "\u007F", "\u010D\u010A", "\u2028"}) {
                assertThrows(IllegalArgumentException.class, () -> response.header("A", value));
                assertThrows(IllegalArgumentException.class, () -> response.setHeader("A", value));
            }
            for (String name : new String[] {"", "A B", "A:", "A\r\nB", "\u00FC", "\u0141"}) {
                assertThrows(IllegalArgumentException.class, () -> response.header(name, "x"));
            }
            response.send("ok");
        });
        Rules.isWhole(200, "ok", get());
    }

    @Test
    default void whatBelongsToTheConnectionOrTheFramingIsTheServersOwn() {
        serve((request, response) -> {
            for (String name : new String[] {
                "connection",
                "Content-Length",
                "DATE",
                "keep-alive",
                "Proxy-Connection",
                "server",
                "trailer",
                "transfer-encoding"
            }) {
                assertThrows(IllegalArgumentException.class, () -> response.header(name, "x"));
                assertThrows(IllegalArgumentException.class, () -> response.setHeader(name, "x"));
            }
            response.send("ok");
        });
        Rules.isWhole(200, "ok", get());
    }

    // ---- what is set, before it is sent

    private static void setsAndReads(Response response) {
        response.header("A", "1").header("B", "2").header("a", "3").header("C", "4");
        Headers fields = response.headers();
        assertEquals(List.of("1", "3"), fields.all("a"));
        response.setHeader("a", "5").removeHeader("b").removeHeader("D");
        assertEquals("5", fields.first("A").orElseThrow());
        assertTrue(fields.first("B").isEmpty());
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.name()));
        assertEquals(List.of("C", "a"), names);
        assertEquals(200, response.status());
        assertEquals(202, response.status(202).status());
    }

    @Test
    default void fieldsAreReplacedRemovedAndReadBack() {
        List<Headers> kept = new ArrayList<>();
        serve((request, response) -> {
            setsAndReads(response);
            kept.add(response.headers());
            response.send();
        });
        Asked asked = get();
        Rules.isWhole(202, "", asked);
        assertEquals(List.of("5"), asked.fields("A"));
        assertEquals(List.of(), asked.fields("B"));
        assertEquals(List.of("4"), asked.fields("C"));
        assertThrows(IllegalStateException.class, () -> kept.getFirst().first("A"));
    }

    @Test
    default void anotherThreadReplacesRemovesAndReadsBackToo() {
        serve((request, response) -> Rules.elsewhere(() -> {
            setsAndReads(response);
            response.send();
            return true;
        }));
        Asked asked = get();
        Rules.isWhole(202, "", asked);
        assertEquals(List.of("5"), asked.fields("A"));
        assertEquals(List.of(), asked.fields("B"));
    }

    @Test
    default void whatIsSentSaysSoForEver() throws Exception {
        List<Response> kept = new ArrayList<>();
        serve((request, response) -> {
            kept.add(response);
            assertFalse(response.isSent());
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        Response response = kept.getFirst();
        Rules.elsewhere(() -> {
            assertFalse(response.isSent());
            response.status(201).send();
            assertTrue(response.isSent());
            return true;
        });
        wire().turn();
        assertTrue(response.isSent());
        Rules.isWhole(201, "", asked);
    }

    @Test
    default void aStreamCountsAsSentFromItsBeginning() {
        serve((request, response) -> {
            try (var stream = response.stream()) {
                assertTrue(response.isSent());
                stream.write(Rules.bytes("ok"));
            }
        });
        Rules.isWhole(200, "ok", get());
    }

    @Test
    default void aRedirectLeadsElsewhere() {
        serve((request, response) -> {
            assertThrows(IllegalArgumentException.class, () -> response.sendRedirect(200, "/y"));
            assertThrows(IllegalArgumentException.class, () -> response.sendRedirect(304, "/y"));
            for (String location : List.of("/\u00FC", "/ ", "/\r\nA: b", "/\"", "\\\\h")) {
                assertThrows(IllegalArgumentException.class, () -> response.sendRedirect(302, location));
            }
            response.header("Location", "/elsewhere").sendRedirect(303, "https://h:1/%C3%BC?a=b#c");
        });
        Asked asked = get();
        Rules.isWhole(303, "", asked);
        assertEquals(List.of("https://h:1/%C3%BC?a=b#c"), asked.fields("Location"));
    }

    @Test
    default void aSecondResponseIsRefusedAndHarmsNothing() {
        serveNext();
        List<Response> kept = new ArrayList<>();
        serve((request, response) -> {
            kept.add(response);
            response.send("ok");
            assertThrows(IllegalStateException.class, () -> response.send("again"));
            assertThrows(IllegalStateException.class, () -> response.status(500));
            assertThrows(IllegalStateException.class, () -> response.header("A", "b"));
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        assertThrows(IllegalStateException.class, () -> kept.getFirst().send("again"));
        Rules.isWhole(200, "ok", asked);
        nextIsServed(client);
    }

    // ---- when, and from where

    @Test
    @Tag(SeededTests.EXACT)
    default void theLoopRespondsLater() {
        serve((request, response) -> wire().execute(() -> response.send(request.path() + " " + request.method())));
        Asked asked = wire().connect().ask(Ask.get("/x"));
        assertEquals(0, asked.status());
        wire().turn();
        Rules.isWhole(200, "/x GET", asked);
    }

    @Test
    default void anotherThreadRespondsDuringTheCall() {
        serveNext();
        serve((request, response) -> Rules.elsewhere(() -> {
            response.send(request.path());
            return true;
        }));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        Rules.isWhole(200, "/x", asked);
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void anotherThreadReadsAndRespondsAfterTheCall() throws Exception {
        serveNext();
        List<Request> requests = new ArrayList<>();
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> {
            requests.add(request);
            responses.add(response);
        });
        Asked asked = wire().connect().ask(Ask.get("/x?y").with("A", "1"));
        // another connection uses the same memory meanwhile
        Rules.isWhole(200, "/a", wire().connect().ask(Ask.get("/a").with("A", "2")));
        Rules.elsewhere(() -> {
            assertEquals("/x?y", requests.getFirst().target());
            assertEquals("1", requests.getFirst().headers().first("a").orElseThrow());
            byte[] body = {'o', 'k'};
            responses.getFirst().send(body);
            body[0] = '!';
            assertThrows(IllegalStateException.class, () -> responses.getFirst().send());
            assertEquals("/x?y", requests.getFirst().target());
            return true;
        });
        assertEquals(0, asked.status());
        wire().turn();
        assertThrows(IllegalStateException.class, () -> requests.getFirst().target());
        Rules.isWhole(200, "ok", asked);
    }

    @Test
    default void onlyOneOfManyThreadsResponds() throws Exception {
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> responses.add(response));
        Asked asked = wire().connect().ask(Ask.get("/x"));
        CountDownLatch start = new CountDownLatch(1);
        int sent = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(threads.submit(() -> {
                    assertTrue(start.await(40, TimeUnit.SECONDS));
                    try {
                        responses.getFirst().send("one");
                        return true;
                    } catch (IllegalStateException _) {
                        return false;
                    }
                }));
            }
            start.countDown();
            for (Future<Boolean> outcome : outcomes) {
                sent += outcome.get(40, TimeUnit.SECONDS) ? 1 : 0;
            }
        }
        wire().turn();
        assertEquals(1, sent);
        Rules.isWhole(200, "one", asked);
    }

    @Test
    default void manyRequestsOfOneConnectionAreServed() throws Exception {
        List<Response> waiting = new ArrayList<>();
        serve((request, response) -> waiting.add(response));
        Client client = wire().connect();
        List<Asked> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(client.ask(Ask.get("/x")));
        }
        for (int i = 0; i < 50; i++) {
            Response response = waiting.get(i);
            Rules.elsewhere(() -> {
                response.send("ok");
                return true;
            });
            wire().turn();
        }
        all.forEach(asked -> Rules.isWhole(200, "ok", asked));
        assertEquals(50, waiting.stream().distinct().count());
    }
}
