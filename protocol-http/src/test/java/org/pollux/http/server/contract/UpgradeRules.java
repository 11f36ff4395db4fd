package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.ResponseHead;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** An exchange that becomes two streams of another protocol: by Upgrade or by an extended CONNECT, which handlers cannot tell apart. */
interface UpgradeRules extends Rules {

    /** Accepts, and hears what comes. */
    private Accepted accept() {
        Accepted accepted = new Accepted();
        serve((request, response) -> {
            accepted.request = request;
            accepted.stream = response.header("A", "b").upgrade("talk").onClosed(accepted.closed::incrementAndGet);
            request.body().read(accepted.heard);
        });
        return accepted;
    }

    /** What a handler keeps of an upgrade. */
    final class Accepted {
        private final Recorder heard = new Recorder();
        private final AtomicInteger closed = new AtomicInteger();
        private @Nullable Request request;
        private @Nullable ResponseStream stream;

        private Request request() {
            return Objects.requireNonNull(request);
        }

        private ResponseStream stream() {
            return Objects.requireNonNull(stream);
        }
    }

    private Asked upgrade() {
        return ask(Ask.upgrade("/x", "talk"));
    }

    @Test
    default void bytesGoBothWays() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        assertEquals(wire().upgraded(), asked.status());
        assertEquals(List.of("b"), asked.fields("A"));
        assertEquals(List.of(), asked.fields("Content-Length"));
        assertEquals(List.of(), asked.fields("Transfer-Encoding"));
        asked.send("abc");
        wire().turn();
        assertEquals("abc", accepted.heard.bytes());
        accepted.stream().write(Rules.bytes("def"));
        wire().turn();
        asked.send("ghi");
        wire().turn();
        accepted.stream().write(Rules.bytes("jkl"));
        wire().turn();
        assertEquals("abcghi", accepted.heard.bytes());
        assertEquals("defjkl", asked.body());
        assertFalse(asked.isWhole() || asked.isCut());
    }

    @Test
    default void whatComesBehindTheHeadIsNotLost() {
        Accepted accepted = accept();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.upgrade("/x", "talk")).send("at once");
        wire().turn();
        assertEquals("at once", accepted.heard.bytes());
        assertEquals(wire().upgraded(), asked.status());
    }

    @Test
    default void handlersAndFiltersSeeOneThing() {
        List<String> seen = new ArrayList<>();
        wire().routes()
                .add(
                        (request, response, next) -> {
                            seen.add(request.method() + " " + request.path() + " "
                                    + request.headers().first("Upgrade").orElse("-") + " "
                                    + request.offersUpgrade("TALK") + " " + request.offersUpgrade("other"));
                            next.handle(
                                    request,
                                    response.intercept(new EndLog(seen)).intercept(new ResponseInterceptor() {
                                        @Override
                                        public void onHead(ResponseHead head) {
                                            seen.add(head.status() + " "
                                                    + head.length().isPresent());
                                            head.header("F", "g").encode(new Capitals(new ArrayList<>()));
                                        }
                                    }));
                        },
                        Mount.at("/*"));
        Accepted accepted = accept();
        Asked asked = upgrade();
        assertEquals(List.of("GET /x talk true false", "101 false"), seen);
        assertEquals(List.of("g"), asked.fields("F"));
        accepted.stream().write(Rules.bytes("abc"));
        accepted.stream().close();
        wire().turn();
        assertEquals("abc", asked.body());
        assertTrue(asked.isWhole());
        assertEquals("GET /x 101 3 whole", seen.getLast());
        assertEquals(1, accepted.closed.get());
    }

    @Test
    default void theClientEndsItsSideFirst() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        asked.send("abc").end();
        wire().turn();
        accepted.heard.heard("end");
        assertTrue(accepted.stream().isOpen());
        accepted.stream().write(Rules.bytes("bye"));
        accepted.stream().close();
        wire().turn();
        Rules.isWhole(wire().upgraded(), "bye", asked);
        accepted.heard.heard("end");
    }

    @Test
    default void anEndThatComesWhileReadingIsPausedIsToldLater() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        accepted.request().body().pause();
        asked.send("abc").end();
        wire().turn();
        accepted.heard.heard();
        assertEquals("", accepted.heard.bytes());
        accepted.request().body().resume();
        wire().turn();
        assertEquals("abc", accepted.heard.bytes());
        accepted.heard.heard("end");
    }

    @Test
    default void closingEndsBothStreams() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        accepted.stream().close();
        wire().turn();
        accepted.heard.heard("failed");
        assertTrue(asked.isWhole());
        asked.send("too late");
        wire().turn();
        assertEquals("", accepted.heard.bytes());
        accepted.heard.heard("failed");
    }

    @Test
    default void abortingCutsBothStreams() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        accepted.stream().abort();
        wire().turn();
        assertTrue(asked.isCut());
        accepted.heard.heard("failed");
        assertEquals(1, accepted.closed.get());
    }

    @Test
    default void aClientThatVanishesIsNoticed() {
        Accepted accepted = accept();
        Client client = wire().connect();
        client.ask(Ask.upgrade("/x", "talk")).send("abc");
        wire().turn();
        client.goAway();
        wire().turn();
        accepted.heard.heard("failed");
        assertEquals(1, accepted.closed.get());
        assertFalse(accepted.stream().isOpen());
        assertEquals(0, client.charged());
    }

    @Test
    default void aPausedReaderHoldsTheClientBack() {
        Accepted accepted = accept();
        accepted.heard.takes(1);
        accepted.heard.also(() -> accepted.request().body().pause());
        Client client = wire().connect();
        Asked asked = client.ask(Ask.upgrade("/x", "talk"));
        wire().turn();
        asked.send("ab".repeat(1000));
        wire().turn();
        assertEquals("a", accepted.heard.bytes());
        accepted.heard.takes(Integer.MAX_VALUE);
        accepted.heard.also(() -> {});
        accepted.request().body().resume();
        wire().turn();
        assertEquals("ab".repeat(1000), accepted.heard.bytes());
        assertEquals(0, client.charged());
    }

    @Test
    default void aWriterIsStoppedAndCalledAgain() {
        Accepted accepted = accept();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.upgrade("/x", "talk"));
        wire().turn();
        AtomicInteger drained = new AtomicInteger();
        accepted.stream().onDrained(drained::incrementAndGet);
        client.holdBack();
        int written = 0;
        while (accepted.stream().write(new byte[10_000])) {
            written += 10_000;
            wire().turn();
        }
        written += 10_000;
        assertTrue(written >= 50_000 && written <= 500_000, "written: " + written);
        wire().turn();
        assertEquals(0, drained.get());
        client.readOn();
        wire().turn();
        assertEquals(1, drained.get());
        assertEquals(written, asked.body().length());
    }

    @Test
    default void anotherThreadMayAccept() throws Exception {
        Accepted accepted = new Accepted();
        List<Runnable> later = new ArrayList<>();
        serve((request, response) -> later.add(() -> {
            accepted.stream = response.upgrade("talk");
            request.body().read(accepted.heard);
            accepted.stream().write(Rules.bytes("hello"));
        }));
        Asked asked = upgrade();
        asked.send("abc");
        Rules.elsewhere(() -> {
            later.getFirst().run();
            return true;
        });
        wire().turn();
        assertEquals(wire().upgraded(), asked.status());
        assertEquals("hello", asked.body());
        assertEquals("abc", accepted.heard.bytes());
    }

    @Test
    default void quietStreamsStayOpen() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        asked.send("a");
        for (int i = 0; i < 5; i++) {
            wire().pass(Duration.ofMinutes(2));
        }
        asked.send("b");
        wire().turn();
        assertEquals("ab", accepted.heard.bytes());
        assertTrue(accepted.stream().isOpen());
        assertFalse(asked.isCut());
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void timePassesUntilTheEnd() {
        Accepted accepted = accept();
        Asked asked = upgrade();
        AtomicInteger ticks = new AtomicInteger();
        accepted.stream().every(Duration.ofSeconds(1), ticks::incrementAndGet);
        wire().pass(Duration.ofSeconds(1));
        assertEquals(1, ticks.get());
        wire().pass(Duration.ofSeconds(1));
        assertEquals(2, ticks.get());
        accepted.stream().close();
        wire().turn();
        assertTrue(asked.isWhole());
        wire().pass(Duration.ofSeconds(10));
        assertEquals(2, ticks.get());
    }

    @Test
    default void aTaskOfAnotherThreadRunsOnTheLoop() throws Exception {
        Accepted accepted = accept();
        Asked asked = upgrade();
        List<Thread> ran = new ArrayList<>();
        Rules.elsewhere(() -> {
            accepted.stream().execute(() -> ran.add(Thread.currentThread()));
            return true;
        });
        wire().turn();
        assertEquals(List.of(Thread.currentThread()), ran);
        accepted.stream().close();
        wire().turn();
        assertTrue(asked.isWhole());
        accepted.stream().execute(() -> ran.add(Thread.currentThread()));
        wire().turn();
        assertEquals(1, ran.size());
    }

    @Test
    default void theRefusalNamesTheProtocolWhereItCan() {
        serve((request, response) -> response.header("Upgrade", "talk").sendError(426));
        Asked asked = get();
        assertEquals(426, asked.status());
        boolean fields = !wire().isMultiplexed();
        assertEquals(fields ? List.of("talk") : List.of(), asked.fields("Upgrade"));
        assertEquals(fields ? List.of("upgrade") : List.of(), asked.fields("Connection"));
        wire().routes()
                .add((request, response) -> response.header("Upgrade", "talk").send(), "/a");
        assertEquals(List.of(), ask(Ask.get("/a")).fields("Upgrade"));
    }

    @Test
    default void theDrainIsTold() {
        Accepted accepted = accept();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.upgrade("/x", "talk"));
        wire().turn();
        accepted.stream().onShutdown(() -> {
            accepted.stream().write(Rules.bytes("bye"));
            accepted.stream().close();
        });
        client.drain();
        wire().turn();
        Rules.isWhole(wire().upgraded(), "bye", asked);
    }

    @Test
    default void onlyWhatTheClientOffersIsAccepted() {
        List<String> seen = new ArrayList<>();
        serve((request, response) -> {
            IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> response.upgrade("talk"));
            seen.add(request.offersUpgrade("talk") + " "
                    + String.valueOf(refusal.getMessage()).contains("offersUpgrade"));
            response.sendError(426);
        });
        serveNext();
        Client client = wire().connect();
        Asked plain = client.ask(Ask.get("/x"));
        wire().turn();
        Asked other = client.ask(Ask.upgrade("/x", "other"));
        wire().turn();
        Rules.isOwn(426, plain);
        Rules.isOwn(426, other);
        assertEquals(List.of("false true", "false true"), seen);
        nextIsServed(client);
    }

    @Test
    default void aBodyThatWasAskedForIsABody() {
        serve((request, response) -> {
            request.body().read(in -> {});
            assertThrows(IllegalStateException.class, () -> response.upgrade("talk"));
            response.status(400).send();
        });
        assertEquals(400, upgrade().status());
    }

    /** Over HTTP/2, where a client takes every 2xx for the acceptance. */
    @Test
    default void aHandlerThatKnowsNoUpgradeAcceptsNone() {
        serve((request, response) -> response.send("a page"));
        Asked asked = upgrade();
        Rules.isWhole(wire().isMultiplexed() ? 501 : 200, "a page", asked);
    }

    @Test
    default void aStreamOfAHandlerThatKnowsNoUpgradeIsNoAcceptance() {
        serve((request, response) -> {
            try (ResponseStream stream = response.stream()) {
                stream.write(Rules.bytes("a"));
                stream.flush();
                stream.write(Rules.bytes(" page"));
            }
        });
        Rules.isWhole(wire().isMultiplexed() ? 501 : 200, "a page", upgrade());
    }

    @Test
    default void anInterceptorThatFailsPreventsTheUpgrade() {
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                            @Override
                            public void onHead(ResponseHead head) {
                                throw new IllegalStateException("on purpose");
                            }
                        })),
                        Mount.at("/*"));
        Accepted accepted = accept();
        Rules.isOwn(500, upgrade());
        assertFalse(accepted.stream().isOpen());
    }

    @Test
    default void aHandlerThatFailsIsCut() {
        serve((request, response) -> {
            response.upgrade("talk");
            request.body().read(new BodyHandler() {
                @Override
                public void onData(ByteBuffer in) {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void onEnd(Headers trailers) {}
            });
        });
        Asked asked = upgrade();
        asked.send("a");
        wire().turn();
        assertTrue(asked.isCut());
    }
}
