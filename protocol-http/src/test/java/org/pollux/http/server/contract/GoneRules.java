package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** A client that goes away, in every state of an exchange. */
interface GoneRules extends Rules {

    /** Logs the ends of all responses. */
    private List<String> log() {
        List<String> lines = new ArrayList<>();
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response.intercept(new EndLog(lines))),
                        Mount.at("/*"));
        return lines;
    }

    /** One line says that it was cut, and how many bytes of it can have come. */
    private static void ended(String begin, int most, List<String> log) {
        assertEquals(1, log.size(), log::toString);
        String line = log.getFirst();
        assertTrue(line.startsWith(begin + " ") && !line.endsWith("whole"), line);
        assertTrue(Integer.parseInt(line.split(" ", 5)[3]) <= most, line);
    }

    @Test
    default void beforeTheResponseAndTheHandlesAreHarmless() throws Exception {
        List<String> log = log();
        List<Request> requests = new ArrayList<>();
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> {
            requests.add(request);
            responses.add(response);
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x?y").with("A", "b"));
        client.goAway();
        wire().turn();
        ended("GET /x 200", 0, log);
        Response response = responses.getFirst();
        assertTrue(response.isSent());
        Rules.elsewhere(() -> requests.getFirst().headers().first("A").orElseThrow());
        assertEquals("/x?y", requests.getFirst().target());
        assertFalse(response.status(200)
                .header("A", "b")
                .setHeader("A", "c")
                .headers()
                .first("A")
                .isPresent());
        response.send("nobody hears it");
        ResponseStream stream = response.stream();
        assertFalse(stream.isOpen() || stream.write(new byte[1]));
        AtomicInteger closed = new AtomicInteger();
        stream.onClosed(closed::incrementAndGet);
        assertEquals(1, closed.get());
        wire().turn();
        assertEquals(0, asked.status());
        assertEquals(1, log.size());
    }

    @Test
    default void whileTheBodyComes() {
        List<String> log = log();
        Recorder recorder = new Recorder();
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> {
            responses.add(response);
            request.body().read(recorder);
        });
        Client client = wire().connect();
        client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        client.goAway();
        wire().turn();
        assertEquals("abc", recorder.bytes());
        recorder.heard("failed");
        ended("POST /x 200", 0, log);
        responses.getFirst().send("nobody hears it");
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void whileTheBodyIsPaused() {
        Recorder recorder = new Recorder();
        List<Request> requests = new ArrayList<>();
        serve((request, response) -> {
            requests.add(request);
            recorder.takes(1);
            recorder.also(() -> request.body().pause());
            request.body().read(recorder);
        });
        Client client = wire().connect();
        client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        client.goAway();
        wire().turn();
        recorder.heard("failed");
        requests.getFirst().body().resume();
        wire().turn();
        recorder.heard("failed");
        assertEquals("a", recorder.bytes());
        assertEquals(0, client.charged());
    }

    @Test
    default void beforeItsBodyIsAskedFor() {
        Recorder recorder = new Recorder();
        List<Request> requests = new ArrayList<>();
        serve((request, response) -> requests.add(request));
        Client client = wire().connect();
        client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        client.goAway();
        wire().turn();
        requests.getFirst().body().read(recorder);
        wire().turn();
        recorder.heard("failed");
    }

    @Test
    default void whileAWholeBodyComesAndNothingIsCalled() {
        AtomicInteger called = new AtomicInteger();
        serve((request, response) -> request.body().readAll(10, _ -> called.incrementAndGet()));
        Client client = wire().connect();
        client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        assertEquals(3, client.charged());
        client.goAway();
        wire().turn();
        assertEquals(0, called.get());
        assertEquals(0, client.charged());
    }

    @Test
    default void whileAStreamIsWritten() {
        List<String> log = log();
        List<ResponseStream> streams = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger drained = new AtomicInteger();
        serve((request, response) ->
                streams.add(response.stream().onClosed(closed::incrementAndGet).onDrained(drained::incrementAndGet)));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        ResponseStream stream = streams.getFirst();
        stream.write(Rules.bytes("abc"));
        stream.flush();
        client.holdBack();
        stream.write(new byte[100_000]);
        client.goAway();
        wire().turn();
        assertTrue(asked.isCut());
        assertFalse(asked.isWhole());
        assertEquals(1, closed.get());
        assertEquals(0, drained.get());
        assertFalse(stream.isOpen());
        assertFalse(stream.write(new byte[1]));
        stream.flush();
        stream.close();
        stream.abort();
        wire().turn();
        assertEquals(1, closed.get());
        ended("GET /x 200", 3, log);
    }

    @Test
    default void whileAnotherThreadWrites() throws Exception {
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream()));
        Client client = wire().connect();
        client.ask(Ask.get("/x"));
        ResponseStream stream = streams.getFirst();
        Rules.elsewhere(() -> stream.write(new byte[10_000]));
        client.goAway();
        wire().turn();
        Rules.elsewhere(() -> {
            assertFalse(stream.isOpen());
            assertFalse(stream.write(new byte[10_000]));
            stream.close();
            return true;
        });
        wire().turn();
        assertEquals(0, client.charged());
    }

    @Test
    default void whileAWholeResponseWaitsToBeSent() {
        List<String> log = log();
        serve((request, response) -> response.send(new byte[300_000]));
        Client client = wire().connect();
        client.holdBack();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        client.goAway();
        wire().turn();
        assertTrue(asked.isCut());
        ended("GET /x 200", 0, log);
    }

    @Test
    default void whileTheEndOfAStreamWaitsToBeSent() {
        List<String> log = log();
        AtomicInteger closed = new AtomicInteger();
        serve((request, response) -> {
            try (ResponseStream stream = response.stream().onClosed(closed::incrementAndGet)) {
                stream.write(new byte[300_000]);
            }
        });
        Client client = wire().connect();
        client.holdBack();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        assertEquals(1, closed.get());
        assertEquals(List.of(), log);
        client.goAway();
        wire().turn();
        assertTrue(asked.isCut());
        ended("GET /x 200", 0, log);
    }

    /** Nobody is told that it was sent before the client has taken it, and then what it was. */
    @Test
    default void notAtAllButSlowly() {
        List<String> log = log();
        List<Request> kept = new ArrayList<>();
        serve((request, response) -> {
            kept.add(request);
            response.send(new byte[300_000]);
        });
        serveNext();
        Client client = wire().connect();
        client.holdBack();
        Asked asked = client.ask(Ask.get("/x?y"));
        Asked next = client.ask(Ask.get("/a"));
        wire().turn();
        assertFalse(log.toString().contains("/x"), log::toString);
        client.readOn();
        wire().turn();
        assertEquals(300_000, asked.body().length());
        assertTrue(log.contains("GET /x 200 300000 whole"), log::toString);
        Rules.isWhole(200, "/a", next);
        assertTrue(log.contains("GET /a 200 2 whole"), log::toString);
        assertThrows(IllegalStateException.class, kept.getFirst()::path);
    }

    @Test
    default void afterTheResponseWasSentAndNobodyIsHurt() {
        List<String> log = log();
        serve((request, response) -> response.send("ok"));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        wire().turn();
        Rules.isWhole(200, "ok", asked);
        client.goAway();
        wire().turn();
        assertEquals(List.of("GET /x 200 2 whole"), log);
    }
}
