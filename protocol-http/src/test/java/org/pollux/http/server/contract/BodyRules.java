package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Bodies of requests: in pieces, whole, held back, left alone. */
interface BodyRules extends Rules {

    /** What the handler at {@code /x} has of its requests; it reads their bodies with the recorder, unless that is null. */
    record Reading(Recorder recorder, List<Request> requests, List<Response> responses) {

        RequestBody body() {
            return requests.getLast().body();
        }

        Response response() {
            return responses.getLast();
        }
    }

    private Reading reading(boolean atOnce) {
        Reading reading = new Reading(new Recorder(), new ArrayList<>(), new ArrayList<>());
        serve((request, response) -> {
            reading.requests.add(request);
            reading.responses.add(response);
            if (atOnce) {
                request.body().read(reading.recorder);
            }
        });
        serveNext();
        return reading;
    }

    // ---- in pieces

    @Test
    default void aBodyComesInPiecesAndThenItsEnd() {
        Reading reading = reading(true);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        assertEquals("abc", reading.recorder.bytes());
        reading.recorder.heard();
        asked.send("def");
        wire().turn();
        assertEquals("abcdef", reading.recorder.bytes());
        reading.recorder.heard("end");
        reading.response().send("ok");
        Rules.isWhole(200, "ok", asked);
        nextIsServed(client);
    }

    @Test
    default void aBodyOfUnknownLengthComesWithItsTrailers() {
        Reading reading = reading(true);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x")).send("abc");
        wire().turn();
        assertEquals(OptionalLong.empty(), reading.body().length());
        asked.send("def").end("T", "u");
        wire().turn();
        assertEquals("abcdef", reading.recorder.bytes());
        reading.recorder.heard("end t=u");
        reading.response().send("ok");
        Rules.isWhole(200, "ok", asked);
        nextIsServed(client);
    }

    @Test
    default void aRequestWithoutABodyHasAnEmptyOne() {
        Reading reading = reading(true);
        get();
        assertEquals("", reading.recorder.bytes());
        reading.recorder.heard("end");
        assertEquals(OptionalLong.of(0), reading.body().length());
    }

    @Test
    default void aBodyIsReadOnceOnly() {
        serve((request, response) -> {
            request.body().read(new Recorder());
            assertThrows(IllegalStateException.class, () -> request.body().read(new Recorder()));
            assertThrows(IllegalStateException.class, () -> request.body().readAll(1, _ -> {}));
            assertThrows(IllegalStateException.class, () -> request.body().inputStream());
            assertThrows(IllegalArgumentException.class, () -> request.body().readAll(-1, _ -> {}));
            response.send("ok");
        });
        Rules.isWhole(200, "ok", get());
    }

    @Test
    default void aBodyCanBeAskedForLaterAndByAnotherThread() throws Exception {
        Reading reading = reading(false);
        Asked asked = wire().connect().ask(Ask.post("/x", 3)).send("abc");
        wire().turn();
        Rules.elsewhere(() -> {
            assertEquals(OptionalLong.of(3), reading.body().length());
            reading.body().read(reading.recorder);
            return true;
        });
        reading.recorder.heard();
        wire().turn();
        assertEquals("abc", reading.recorder.bytes());
        reading.recorder.heard("end");
        reading.response().send("ok");
        Rules.isWhole(200, "ok", asked);
    }

    // ---- held back

    @Test
    @Tag(SeededTests.EXACT)
    default void whatIsLeftIsPresentedAgainWithMoreBehindIt() {
        Reading reading = reading(true);
        reading.recorder.takes(2);
        Asked asked = wire().connect().ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        assertEquals("ab", reading.recorder.bytes());
        asked.send("de");
        wire().turn();
        assertEquals("abcd", reading.recorder.bytes());
        reading.recorder.takes(9);
        asked.send("f");
        wire().turn();
        assertEquals("abcdef", reading.recorder.bytes());
        reading.recorder.heard("end");
    }

    @Test
    default void aPausedBodyIsNotPresentedUntilItIsResumed() {
        Reading reading = reading(true);
        reading.recorder.takes(1);
        reading.recorder.also(() -> reading.body().pause());
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        asked.send("def");
        wire().turn();
        assertEquals("a", reading.recorder.bytes());
        reading.body().resume();
        wire().turn();
        assertEquals("ab", reading.recorder.bytes());
        reading.recorder.takes(9);
        reading.recorder.also(() -> {});
        reading.recorder.heard();
        reading.body().resume();
        wire().turn();
        assertEquals("abcdef", reading.recorder.bytes());
        reading.recorder.heard("end");
        assertEquals(0, client.charged());
        reading.response().send("ok");
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void theEndWaitsForAPausedHandlerToo() {
        Reading reading = reading(true);
        reading.recorder.also(() -> reading.body().pause());
        wire().connect().ask(Ask.post("/x", 3)).send("abc");
        wire().turn();
        assertEquals("abc", reading.recorder.bytes());
        reading.recorder.heard();
        reading.body().resume();
        wire().turn();
        reading.recorder.heard("end");
    }

    @Test
    default void aHandlerThatTakesNothingIsStopped() {
        Reading reading = reading(true);
        reading.recorder.takes(0);
        Asked asked = wire().connect().ask(Ask.post("/x", 200_000)).send("x".repeat(60_000));
        wire().turn();
        assertEquals(0, asked.status());
        asked.send("x".repeat(6_000));
        wire().turn();
        assertEquals(500, asked.status());
    }

    @Test
    default void whatIsLeftCountsForTheMemoryUntilTheBodyIsOver() {
        Reading reading = reading(true);
        reading.recorder.takes(2);
        reading.recorder.also(() -> reading.body().pause());
        Client client = wire().connect();
        client.ask(Ask.post("/x", 9)).send("abcdef");
        wire().turn();
        assertEquals(4, client.charged());
        reading.response().send("ok");
        wire().turn();
        assertEquals(0, client.charged());
    }

    // ---- as a whole

    @Test
    default void aWholeBodyIsHandedOver() {
        serve((request, response) -> request.body().readAll(5, response::send));
        for (Ask ask : List.of(Ask.post("/x", 5), Ask.post("/x"))) {
            Asked asked = wire().connect().ask(ask).send("he").send("llo");
            if (ask.length() == Ask.UNKNOWN) {
                asked.end();
            }
            wire().turn();
            Rules.isWhole(200, "hello", asked);
        }
        Rules.isWhole(200, "", get());
    }

    @Test
    default void aWholeBodyThatIsTooLongIsA413() {
        serve((request, response) -> request.body().readAll(4, response::send));
        Asked announced = wire().connect().ask(Ask.post("/x", 5));
        wire().turn();
        Rules.isOwn(413, announced);
        Asked unknown = wire().connect().ask(Ask.post("/x")).send("hell").send("o");
        wire().turn();
        Rules.isOwn(413, unknown);
    }

    @Test
    default void aBodyBeyondTheServersLimitIsA413() {
        reading(true);
        Asked asked = wire().connect().ask(Ask.post("/x", Long.MAX_VALUE));
        wire().turn();
        Rules.isOwn(413, asked);
    }

    // ---- when it is asked for

    @Test
    default void aClientThatWaitsIsAskedWhenItsBodyIs() {
        assumeTrue(wire().canAskForBodies());
        Reading reading = reading(false);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 3).with("Expect", "100-continue"));
        wire().turn();
        assertFalse(asked.isBodyWanted());
        reading.body().read(reading.recorder);
        wire().turn();
        assertTrue(asked.isBodyWanted());
        asked.send("abc");
        wire().turn();
        reading.recorder.heard("end");
        reading.response().send("ok");
        Rules.isWhole(200, "ok", asked);
        nextIsServed(client);
    }

    @Test
    default void aClientThatWaitsAndIsNotAskedGetsItsResponse() {
        assumeTrue(wire().canAskForBodies());
        serve((request, response) -> response.send("no"));
        Asked asked = ask(Ask.post("/x", 3).with("Expect", "100-Continue")); // java.net.http writes it so
        Rules.isWhole(200, "no", asked);
        assertFalse(asked.isBodyWanted());
    }

    // ---- what nobody reads

    @Test
    default void whatNobodyReadsIsThrownAway() {
        serve((request, response) -> response.send("no"));
        serveNext();
        Client client = wire().connect();
        Asked one = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        Rules.isWhole(200, "no", one);
        one.send("def");
        Asked two = client.ask(Ask.post("/x")).send("abc").end();
        wire().turn();
        Rules.isWhole(200, "no", two);
        nextIsServed(client);
    }

    @Test
    default void aResponseBeforeTheEndOfTheBodyIsToldToItsReader() {
        Reading reading = reading(true);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        reading.response().send("enough");
        wire().turn();
        reading.recorder.heard("failed");
        asked.send("def");
        Rules.isWhole(200, "enough", asked);
        assertEquals("abc", reading.recorder.bytes());
        nextIsServed(client);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void aResponseInTheLastPieceIsFollowedByTheEnd() {
        Reading reading = reading(true);
        reading.recorder.also(() -> reading.response().send("ok"));
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 3)).send("abc");
        wire().turn();
        reading.recorder.heard("end");
        Rules.isWhole(200, "ok", asked);
        nextIsServed(client);
    }

    @Test
    default void bodyAndResponseGoInBothDirectionsAtOnce() {
        serve((request, response) -> {
            var out = response.stream();
            out.flush();
            request.body().read(new org.pollux.http.BodyHandler() {
                @Override
                public void onData(java.nio.ByteBuffer in) {
                    boolean _ = out.write(in);
                }

                @Override
                public void onEnd(org.pollux.http.Headers trailers) {
                    out.close();
                }
            });
        });
        Asked asked = wire().connect().ask(Ask.post("/x", 6)).send("abc");
        wire().turn();
        assertEquals("abc", asked.body());
        asked.send("def");
        wire().turn();
        Rules.isWhole(200, "abcdef", asked);
    }
}
