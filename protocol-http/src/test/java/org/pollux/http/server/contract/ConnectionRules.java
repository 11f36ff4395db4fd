package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Several exchanges on one connection, and what becomes of them when routes change or the server ends. */
interface ConnectionRules extends Rules {

    /** Responses that are not sent yet, by the queries of their requests. */
    record Kept(Map<String, Response> all) {

        Response of(String query) {
            return Objects.requireNonNull(all.get(query));
        }
    }

    private Kept keep() {
        Kept kept = new Kept(new TreeMap<>());
        serve((request, response) -> kept.all.put(request.query().orElseThrow(), response));
        return kept;
    }

    // ---- one after the other, or at the same time

    @Test
    default void eachGetsItsOwnResponseInWhateverOrderTheyAreReady() {
        Kept kept = keep();
        Client client = wire().connect();
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(client.ask(Ask.get("/x?" + i)));
        }
        assertEquals(wire().isMultiplexed() ? 4 : 1, kept.all.size());
        for (int i = 0; i < 4; i++) {
            int name = wire().isMultiplexed() ? 3 - i : i;
            kept.of(String.valueOf(name)).send("to " + name);
            wire().turn();
            Rules.isWhole(200, "to " + name, asked.get(name));
        }
    }

    @Test
    default void bodiesAndStreamsOfSeveralAreNotMixed() {
        assumeTrue(wire().isMultiplexed());
        serve((request, response) -> {
            ResponseStream out = response.stream();
            out.flush();
            request.body().read(in -> out.write(in));
        });
        Client client = wire().connect();
        Asked one = client.ask(Ask.post("/x", 6)).send("abc");
        Asked two = client.ask(Ask.post("/x")).send("123");
        wire().turn();
        one.send("def");
        two.send("456").end();
        wire().turn();
        assertEquals("abcdef", one.body());
        assertEquals("123456", two.body());
    }

    @Test
    default void oneThatIsCutHarmsNoOther() {
        assumeTrue(wire().isMultiplexed());
        Kept kept = keep();
        serveNext();
        Client client = wire().connect();
        Asked aborted = client.ask(Ask.get("/x?aborted"));
        Asked given = client.ask(Ask.get("/x?given"));
        Asked other = client.ask(Ask.get("/x?other"));
        ResponseStream stream = kept.of("aborted").stream();
        stream.flush();
        stream.abort();
        AtomicInteger closed = new AtomicInteger();
        kept.of("given").stream().onClosed(closed::incrementAndGet).flush();
        given.cancel();
        wire().turn();
        assertTrue(aborted.isCut());
        assertTrue(given.isCut());
        assertEquals(1, closed.get());
        assertTrue(client.isOpen());
        kept.of("other").send("ok");
        wire().turn();
        Rules.isWhole(200, "ok", other);
        nextIsServed(client);
    }

    @Test
    default void oneThatIsHeldBackHoldsNoOther() {
        assumeTrue(wire().isMultiplexed());
        Recorder paused = new Recorder();
        serve((request, response) -> {
            paused.also(() -> request.body().pause());
            request.body().read(paused);
        });
        serveNext();
        Client client = wire().connect();
        Asked slow = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        slow.send("def");
        wire().turn();
        assertEquals("abc", paused.bytes());
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void aConnectionThatIsLostEndsAllThatItCarries() {
        Kept kept = keep();
        AtomicInteger closed = new AtomicInteger();
        Client client = wire().connect();
        client.ask(Ask.get("/x?1"));
        client.ask(Ask.get("/x?2"));
        int underWay = kept.all.size();
        kept.all.values().forEach(response -> response.stream().onClosed(closed::incrementAndGet));
        client.goAway();
        wire().turn();
        assertEquals(underWay, closed.get());
    }

    // ---- routes change

    @Test
    default void aRequestIsServedByTheHandlerThatItHadAtItsBeginning() {
        List<Response> kept = new ArrayList<>();
        RouteRegistry routes = wire().routes();
        var first = routes.add((request, response) -> kept.add(response), "/x");
        Asked old = wire().connect().ask(Ask.get("/x"));
        routes.together(() -> {
            first.close();
            routes.add((request, response) -> response.send("new"), "/x");
        });
        Rules.isWhole(200, "new", get());
        kept.getFirst().send("old");
        wire().turn();
        Rules.isWhole(200, "old", old);
    }

    @Test
    default void whatIsTakenOutIsA404AndTheConnectionSeesItAtItsNextRequest() {
        var registration = wire().routes().add((request, response) -> response.send("there"), "/x");
        Client client = wire().connect();
        Asked before = client.ask(Ask.get("/x"));
        wire().turn();
        registration.close();
        Asked after = client.ask(Ask.get("/x"));
        wire().turn();
        Rules.isWhole(200, "there", before);
        Rules.isOwn(404, after);
    }

    // ---- the server ends

    @Test
    default void whenTheServerEndsWhatIsUnderWayIsServedAndThenTheConnectionEnds() {
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream()));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        ResponseStream stream = streams.getFirst();
        stream.write(Rules.bytes("abc"));
        stream.flush();
        client.drain();
        wire().turn();
        assertTrue(client.isOpen());
        stream.write(Rules.bytes("def"));
        stream.close();
        wire().turn();
        Rules.isWhole(200, "abcdef", asked);
        assertFalse(client.isOpen());
    }

    @Test
    default void whenTheServerEndsABodyUnderWayIsReadToItsEnd() {
        serve((request, response) -> request.body().readAll(10, response::send));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        client.drain();
        asked.send("def");
        wire().turn();
        Rules.isWhole(200, "abcdef", asked);
        assertFalse(client.isOpen());
    }
}
