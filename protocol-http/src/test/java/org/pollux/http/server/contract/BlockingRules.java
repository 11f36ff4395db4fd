package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpException;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.tck.seeds.SeededTests;

/** Handlers that block, on threads of their own. */
interface BlockingRules extends Rules {

    private void block(HttpHandler handler) {
        wire().routes().add(handler, Mount.at("/x").methods("*").blocking());
    }

    @Test
    default void aBlockingHandlerReadsAndWritesStreams() {
        serveNext();
        block((request, response) -> {
            try (InputStream in = request.body().inputStream();
                    OutputStream out = response.stream().outputStream()) {
                in.transferTo(out);
            }
        });
        String large = "0123456789".repeat(30_000);
        Client client = wire().connect();
        Asked asked = client.ask(Ask.post("/x"));
        for (int at = 0; at < large.length(); at += 50_000) {
            asked.send(large.substring(at, at + 50_000));
            wire().turn();
        }
        asked.end();
        wire().until(asked::isWhole);
        Rules.isWhole(200, large, asked);
        nextIsServed(client);
    }

    @Test
    default void aBlockingHandlerSendsAWholeResponse() {
        block((request, response) -> response.send(request.body().inputStream().readAllBytes()));
        Asked asked = wire().connect().ask(Ask.post("/x", 3)).send("a");
        wire().turn();
        asked.send("bc");
        wire().until(asked::isWhole);
        Rules.isWhole(200, "abc", asked);
    }

    @Test
    default void aStreamThatIsLeftOpenIsClosed() {
        block((request, response) -> response.stream().outputStream().write(Rules.bytes("ab")));
        Asked asked = wire().connect().ask(Ask.get("/x"));
        wire().until(asked::isWhole);
        Rules.isWhole(200, "ab", asked);
    }

    @Test
    @Tag(SeededTests.EXACT)
    default void anExceptionIsA500AndInTheMiddleTheEnd() {
        block((request, response) -> {
            switch (request.query().orElse("")) {
                case "status" -> throw new HttpException(409, "on purpose");
                case "middle" -> {
                    OutputStream out = response.stream().outputStream();
                    out.write('a');
                    out.flush();
                    throw new IOException("on purpose");
                }
                default -> throw new IOException("on purpose");
            }
        });
        Asked early = wire().connect().ask(Ask.get("/x"));
        wire().until(early::isWhole);
        Rules.isOwn(500, early);
        Asked status = wire().connect().ask(Ask.get("/x?status"));
        wire().until(status::isWhole);
        Rules.isOwn(409, status);
        Asked middle = wire().connect().ask(Ask.get("/x?middle"));
        wire().until(middle::isCut);
        assertEquals("a", middle.body());
        assertFalse(middle.isWhole());
    }

    @Test
    default void aClientThatIsGoneEndsBothStreams() throws Exception {
        CompletableFuture<Throwable> reading = new CompletableFuture<>();
        CompletableFuture<Throwable> writing = new CompletableFuture<>();
        block((request, response) -> {
            OutputStream out = response.stream().outputStream();
            reading.complete(assertThrows(
                    IOException.class, () -> request.body().inputStream().readAllBytes()));
            writing.complete(assertThrows(IOException.class, () -> out.write(new byte[100_000])));
        });
        Client client = wire().connect();
        client.ask(Ask.post("/x", 10)).send("abc");
        wire().turn();
        client.goAway();
        wire().until(writing::isDone);
        assertInstanceOf(IOException.class, reading.get());
        assertInstanceOf(IOException.class, writing.get());
    }

    @Test
    default void aClientThatDoesNotReadHoldsItsWriter() {
        serveNext();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        block((request, response) -> {
            try (OutputStream out = response.stream(1_000_000).outputStream()) {
                out.write(new byte[1_000_000]);
            }
            ended.complete(true);
        });
        Client slow = wire().connect();
        slow.holdBack();
        Asked asked = slow.ask(Ask.get("/x"));
        wire().until(() -> slow.waiting() > 60_000);
        for (int i = 0; i < 100; i++) {
            nextIsServed(wire().connect());
        }
        assertFalse(ended.isDone());
        assertTrue(slow.waiting() < 200_000, slow.waiting() + " bytes");
        slow.readOn();
        wire().until(asked::isWhole);
        assertEquals(1_000_000, asked.body().length());
        wire().until(ended::isDone);
    }

    @Test
    default void streamsThatWouldBlockTheLoopAreRefused() {
        serve((request, response) -> {
            InputStream in = request.body().inputStream();
            assertThrows(IllegalStateException.class, in::read);
            OutputStream out = response.stream().outputStream();
            assertThrows(IllegalStateException.class, () -> out.write(new byte[100_000]));
            throw new IOException("on purpose");
        });
        Asked asked = wire().connect().ask(Ask.post("/x", 1)).send("a");
        wire().turn();
        Rules.isOwn(500, asked);
    }

    @Test
    default void aBlockingFilterGivesAllBehindItAThread() {
        Thread loop = Thread.currentThread();
        wire().routes()
                .add(
                        (request, response, next) -> next.handle(request, response),
                        Mount.at("/x").blocking());
        serve((request, response) -> response.send(Thread.currentThread() == loop ? "loop" : "thread"));
        Asked asked = wire().connect().ask(Ask.get("/x"));
        wire().until(asked::isWhole);
        Rules.isWhole(200, "thread", asked);
    }
}
