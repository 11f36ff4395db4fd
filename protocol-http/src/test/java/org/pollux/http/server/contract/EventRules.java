package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.EventStream;
import org.pollux.http.HttpHandler;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ServerSentEvent;
import org.pollux.http.server.routing.Absence;
import org.pollux.http.server.routing.RouteRegistry.Registration;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Server-sent events: a response that grows, and that ends in good order. */
interface EventRules extends Rules {

    /** Streams at {@code /x}, which the test sends to. */
    final class Streams implements HttpHandler {

        final List<EventStream> all = new ArrayList<>();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void handle(Request request, Response response) {
            all.add(response.events().onClosed(closed::incrementAndGet));
        }

        EventStream first() {
            return all.getFirst();
        }
    }

    private Streams streams() {
        Streams streams = new Streams();
        serve(streams);
        return streams;
    }

    @Test
    default void aStreamOfEventsBeginsAtOnceAndEachEventLeavesAtOnce() {
        serveNext();
        Streams streams = streams();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        assertEquals(200, asked.status());
        assertEquals(List.of("text/event-stream"), asked.fields("Content-Type"));
        assertEquals(List.of("no-store"), asked.fields("Cache-Control"));
        assertTrue(streams.first().send(ServerSentEvent.of("one\ntwo").id("1")));
        assertEquals("id: 1\ndata: one\ndata: two\n\n", asked.body());
        assertTrue(streams.first().send("three"));
        assertEquals("id: 1\ndata: one\ndata: two\n\ndata: three\n\n", asked.body());
        assertFalse(asked.isWhole());
        streams.first().close();
        assertTrue(asked.isWhole());
        assertEquals(1, streams.closed.get());
        assertFalse(streams.first().send("late"));
        nextIsServed(client);
    }

    @Test
    default void anotherThreadSendsEvents() throws Exception {
        Streams streams = streams();
        Asked asked = wire().connect().ask(Ask.get("/x"));
        Rules.elsewhere(() -> streams.first().send("one") && streams.first().send("two"));
        wire().turn();
        assertEquals("data: one\n\ndata: two\n\n", asked.body());
    }

    @Test
    default void theHandlersCacheControlIsKept() {
        serve((request, response) ->
                response.header("Cache-Control", "no-store, no-transform").events());
        assertEquals(List.of("no-store, no-transform"), get().fields("Cache-Control"));
    }

    @Test
    default void theLastEventIdIsThatOfTheRequestInUtf8() {
        Streams streams = streams();
        wire().connect().ask(Ask.get("/x").with("Last-Event-ID", "\u00C3\u00A9 7"));
        wire().connect().ask(Ask.get("/x"));
        assertEquals(Optional.of("\u00E9 7"), streams.first().lastEventId());
        assertEquals(Optional.empty(), streams.all.getLast().lastEventId());
    }

    @Test
    default void aHeadRequestGetsTheHeadAlone() {
        serveNext();
        Streams streams = streams();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.head("/x"));
        wire().turn();
        Rules.isWhole(200, "", asked);
        assertEquals(List.of("text/event-stream"), asked.fields("Content-Type"));
        assertEquals(1, streams.closed.get());
        assertFalse(streams.first().isOpen());
        nextIsServed(client);
    }

    // ---- heartbeat

    @Test
    @Tag(SeededTests.EXACT)
    default void aHeartbeatComesAgainAndAgainUntilTheStreamEnds() {
        Streams streams = streams();
        Asked asked = wire().connect().ask(Ask.get("/x"));
        streams.first().heartbeat(Duration.ofSeconds(2));
        wire().pass(Duration.ofSeconds(2));
        assertEquals(":\n\n", asked.body());
        streams.first().send("one");
        wire().pass(Duration.ofSeconds(2));
        assertEquals(":\n\ndata: one\n\n:\n\n", asked.body());
        streams.first().close();
        wire().pass(Duration.ofSeconds(2));
        assertTrue(asked.isWhole());
        assertEquals(":\n\ndata: one\n\n:\n\n", asked.body());
    }

    @Test
    default void aHeartbeatOfZeroIsNone() {
        Streams streams = streams();
        Asked asked = wire().connect().ask(Ask.get("/x"));
        assertThrows(IllegalArgumentException.class, () -> streams.first().heartbeat(Duration.ofSeconds(-1)));
        streams.first().heartbeat(Duration.ZERO);
        wire().pass(Duration.ofSeconds(15));
        wire().pass(Duration.ofSeconds(15));
        assertEquals("", asked.body());
        assertTrue(streams.first().isOpen());
    }

    @Test
    default void aClientThatDoesNotKeepUpGetsNoHeartbeat() {
        Streams streams = streams();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        streams.first().heartbeat(Duration.ofSeconds(1));
        client.holdBack();
        streams.first().send("x".repeat(70_000));
        wire().pass(Duration.ofSeconds(1));
        client.readOn();
        wire().turn();
        assertEquals("data: " + "x".repeat(70_000) + "\n\n", asked.body());
        wire().pass(Duration.ofSeconds(1));
        assertTrue(asked.body().endsWith("\n\n:\n\n"));
    }

    // ---- watermarks

    @Test
    default void aSenderIsToldToStopAndToGoOn() {
        Streams streams = streams();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        AtomicInteger drained = new AtomicInteger();
        EventStream stream = streams.first().onDrained(drained::incrementAndGet);
        client.holdBack();
        assertTrue(stream.send("x".repeat(60_000)));
        assertFalse(stream.send("y".repeat(10_000)));
        assertTrue(stream.isOpen());
        wire().turn();
        assertEquals(0, drained.get());
        client.readOn();
        wire().turn();
        assertEquals(1, drained.get());
        assertTrue(stream.send("z"));
        assertTrue(asked.body().endsWith("data: z\n\n"));
    }

    // ---- ends

    @Test
    default void aClientThatGoesIsNoticedOnce() {
        Streams streams = streams();
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        client.goAway();
        wire().turn();
        assertEquals(1, streams.closed.get());
        assertFalse(streams.first().isOpen());
        assertFalse(streams.first().send("nobody hears it"));
        streams.first().heartbeat(Duration.ofSeconds(1)).close();
        wire().pass(Duration.ofSeconds(1));
        assertEquals(1, streams.closed.get());
    }

    @Test
    default void theStreamOfADroppedResponseHasEnded() {
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> responses.add(response));
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        client.goAway();
        wire().turn();
        AtomicInteger closed = new AtomicInteger();
        EventStream stream = responses.getFirst().events();
        assertFalse(stream.isOpen() || stream.send("nobody hears it"));
        stream.onDrained(closed::incrementAndGet)
                .heartbeat(Duration.ofSeconds(1))
                .onClosed(closed::incrementAndGet)
                .close();
        assertEquals(1, closed.get());
    }

    @Test
    default void whenTheServerEndsTheStreamEndsInGoodOrder() {
        Streams streams = streams();
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        streams.first().send("one");
        client.drain();
        wire().turn();
        Rules.isWhole(200, "data: one\n\n", asked);
        assertEquals(1, streams.closed.get());
        assertFalse(client.isOpen());
    }

    @Test
    default void aStreamThatBeginsWhenTheServerEndsEnds() {
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> responses.add(response));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        client.drain();
        responses.getFirst().events();
        wire().turn();
        Rules.isWhole(200, "", asked);
        assertFalse(client.isOpen());
    }

    @Test
    default void whenTheHandlerIsRemovedTheStreamEndsAndTheConnectionGoesOn() {
        serveNext();
        Streams streams = new Streams();
        Registration registration = wire().routes().add(streams, "/x");
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        registration.close();
        assertEquals(0, streams.closed.get(), "a handler is not called inside a change of the routes");
        wire().turn();
        Rules.isWhole(200, "", asked);
        assertEquals(1, streams.closed.get());
        nextIsServed(client);
    }

    @Test
    default void whenTheHandlersServiceIsAwayTheStreamEnds() {
        Streams streams = new Streams();
        Registration registration = wire().routes().add(streams, "/x");
        Asked asked = wire().connect().ask(Ask.get("/x"));
        registration.suspend(new Absence());
        wire().turn();
        Rules.isWhole(200, "", asked);
        assertEquals(1, streams.closed.get());
    }

    @Test
    default void aStreamThatBeginsWhenItsHandlerIsGoneEnds() {
        List<Response> responses = new ArrayList<>();
        Registration registration = wire().routes().add((request, response) -> responses.add(response), "/x");
        Asked asked = wire().connect().ask(Ask.get("/x"));
        registration.close();
        responses.getFirst().events();
        wire().turn();
        Rules.isWhole(200, "", asked);
    }
}
