package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.server.settings.Mount;

/** A handler that does not begin its response in time, which is 60 seconds, is ended; nobody else is. */
interface TimeRules extends Rules {

    private void pass(int seconds) {
        wire().pass(Duration.ofSeconds(seconds));
    }

    @Test
    default void aHandlerThatNeverRespondsIsEndedAndItsLateCallsThrow() {
        serveNext();
        List<Request> requests = new ArrayList<>();
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> {
            requests.add(request);
            responses.add(response);
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        pass(59);
        assertEquals(0, asked.status());
        pass(1);
        Rules.isOwn(503, asked);
        assertThrows(IllegalStateException.class, () -> requests.getFirst().path());
        assertThrows(IllegalStateException.class, () -> responses.getFirst().header("A", "b"));
        assertTrue(responses.getFirst().isSent());
        IllegalStateException late = assertThrows(
                IllegalStateException.class, () -> responses.getFirst().send("late"));
        assertTrue(String.valueOf(late.getMessage()).contains("responseTimeout"), late.getMessage());
        nextIsServed(client);
    }

    @Test
    default void aStreamOfWhichNothingWasSentIsEndedAndClosed() {
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> streams.add(response.stream()));
        Asked asked = wire().connect().ask(Ask.get("/x"));
        assertTrue(streams.getFirst().write(new byte[10]));
        pass(60);
        Rules.isOwn(503, asked);
        assertFalse(streams.getFirst().isOpen());
        assertFalse(streams.getFirst().write(new byte[10]));
    }

    @Test
    default void aStreamThatHasBegunMayTakeItsTime() {
        List<ResponseStream> streams = new ArrayList<>();
        serve((request, response) -> {
            streams.add(response.stream());
            streams.getFirst().flush();
        });
        Asked asked = wire().connect().ask(Ask.get("/x"));
        for (int i = 0; i < 10; i++) {
            pass(60);
        }
        streams.getFirst().close();
        Rules.isWhole(200, "", asked);
    }

    @Test
    default void aBodyThatWasPausedIsToldThatItIsOver() {
        serveNext();
        Recorder recorder = new Recorder();
        serve((request, response) -> {
            recorder.also(() -> request.body().pause());
            request.body().read(recorder);
        });
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x", 6)).send("abcdef");
        wire().until(() -> !recorder.bytes().isEmpty()); // until then it is the client that is late
        pass(60);
        Rules.isOwn(503, asked);
        recorder.heard("failed");
        nextIsServed(client);
    }

    @Test
    default void eachRequestHasItsOwnTime() {
        List<Response> responses = new ArrayList<>();
        serve((request, response) -> responses.add(response));
        Client client = wire().connect();
        for (int i = 0; i < 5; i++) {
            Asked asked = client.ask(Ask.get("/x"));
            pass(40);
            responses.getLast().send("ok");
            wire().turn();
            Rules.isWhole(200, "ok", asked);
        }
    }

    @Test
    default void aBlockingHandlerIsEndedToo() {
        serveNext();
        CountDownLatch late = new CountDownLatch(1);
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        wire().routes()
                .add(
                        (request, response) -> {
                            assertTrue(late.await(40, TimeUnit.SECONDS));
                            try {
                                response.send("late");
                                refused.complete(false);
                            } catch (IllegalStateException e) {
                                refused.complete(true);
                            }
                        },
                        Mount.at("/x").blocking());
        Client client = wire().connect();
        Asked asked = client.ask(Ask.get("/x"));
        pass(60);
        Rules.isOwn(503, asked);
        late.countDown();
        wire().until(refused::isDone);
        assertTrue(refused.orTimeout(40, TimeUnit.SECONDS).join());
        nextIsServed(client);
    }
}
