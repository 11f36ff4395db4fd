package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.libevent.LibeventUnavailableException;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.tck.seeds.SeededTests;
import org.pollux.reactor.testkit.TestedBackend;

/**
 * What the client promises of an exchange, whatever wire carries it. A wire's test says how it is spoken. All rules are in one
 * class, so that a wire's test cannot leave out some of them.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class ClientContract {

    private static final int PIECE = 64 * 1024;

    @AutoClose
    private final HandServer server;

    private final ServerSide side;

    ClientContract(HttpVersions version) {
        server = new HandServer(ClientSettings.defaults().withVersions(version));
        side = side(server);
    }

    abstract ServerSide side(HandServer server);

    private HttpRequest post(HttpRequestBody body) {
        return HttpRequest.of("POST", Url.parse(server.url("/"))).body(body);
    }

    private HttpRequest put(HttpRequestBody body) {
        return HttpRequest.of("PUT", Url.parse(server.url("/"))).body(body);
    }

    /** The body of a request that was responded with 200. */
    private String sent(HttpRequest request) {
        Recorded recorded = server.send(request);
        side.awaitRequest();
        whole();
        String body = side.body();
        side.respond(200, "ok");
        recorded.ends(200, "ok");
        return body;
    }

    private void settles(String what, BooleanSupplier condition) {
        server.turned.turnUntil(what, condition);
    }

    private void comes(String body) {
        settles("the body comes", () -> side.body().equals(body));
    }

    private void whole() {
        settles("the body is whole", side::isWhole);
    }

    // ---- bodies

    @Test
    void aBodyInMemoryHasALength() {
        assertEquals("hello", sent(post(HttpRequestBody.of("hello".getBytes(UTF_8)))));
        assertTrue(side.head().contains("content-length: 5\n"), side::head);
    }

    @Test
    void aLargeBodyComesWhole() {
        assertEquals(
                "a".repeat(1_000_000),
                sent(post(HttpRequestBody.of("a".repeat(1_000_000).getBytes(UTF_8)))));
    }

    @Test
    void aFileIsABody(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "b".repeat(200_000));
        assertEquals("b".repeat(200_000), sent(put(HttpRequestBody.file(file))));
        assertTrue(side.head().contains("content-length: 200000\n"), side::head);
    }

    @Test
    void aFileThatBecomesShorterFailsTheRequest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "b".repeat(10));
        HttpRequestBody body = HttpRequestBody.file(file);
        Files.writeString(file, "b");
        Recorded recorded = server.send(put(body));
        side.awaitRequest();
        side.awaitCut();
        recorded.fails(Reason.BODY, "the file has become shorter: 9 bytes are missing");
    }

    @Test
    void aStreamIsReadByAThreadOfItsOwn() {
        byte[] bytes = "c".repeat(300_000).getBytes(UTF_8);
        assertEquals("c".repeat(300_000), sent(post(HttpRequestBody.from(new ByteArrayInputStream(bytes)))));
        assertFalse(side.head().contains("content-length"), side::head);
    }

    @Test
    void aStreamThatFailsCutsTheRequest() {
        assertCutsTheRequest(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return read();
            }
        });
    }

    @Test
    void aStreamThatThrowsCutsTheRequest() {
        assertCutsTheRequest(new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("the disk is gone");
            }

            @Override
            public int read(byte[] target, int from, int length) {
                return read();
            }
        });
    }

    private void assertCutsTheRequest(InputStream body) {
        Recorded recorded = server.send(post(HttpRequestBody.from(body)));
        side.awaitRequest();
        side.awaitCut();
        recorded.fails(Reason.BODY, "the body of the request cannot be sent: the disk is gone");
    }

    @Test
    void onlyARegularFileIsABody() {
        IOException refused = assertThrows(IOException.class, () -> HttpRequestBody.file(Path.of("/dev/null")));
        assertTrue(refused.getMessage().contains("it is not a regular file"), refused::getMessage);
    }

    @Test
    void aProducedBodyIsSentAsItComes() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        assertFalse(side.head().contains("content-length"), side::head);
        assertTrue(body.write("one,"));
        comes("one,");
        assertTrue(body.write("two"));
        comes("one,two");
        assertFalse(side.isWhole());
        body.stream().close();
        whole();
        side.respond(200, "ok");
        recorded.ends(200, "ok");
        assertEquals(1, body.closed);
    }

    @Test
    void aProducedBodyMayBeEmpty() {
        Produced body = Produced.once();
        server.send(post(body));
        side.awaitRequest();
        body.stream().close();
        whole();
        assertEquals("", side.body());
    }

    @Test
    void trailersFollowTheBody() {
        Produced body = Produced.once();
        server.send(post(body));
        side.awaitRequest();
        body.write("x");
        body.stream().trailer("Checksum", "abc").close();
        whole();
        comes("x");
        assertEquals("checksum: abc\n", side.trailers().toLowerCase(Locale.ROOT));
    }

    @Test
    void aTrailerThatTheClientWritesItselfIsRefused() {
        Produced body = Produced.once();
        server.send(post(body));
        side.awaitRequest();
        assertThrows(IllegalArgumentException.class, () -> body.stream().trailer("Content-Length", "1"));
        assertThrows(IllegalArgumentException.class, () -> body.stream().trailer("A", "b\r\nc: d"));
    }

    @Test
    void trailersOfAResponseAreTold() {
        Recorded recorded = server.get("/");
        side.awaitRequest();
        side.begin(200, "a");
        side.end("b", "checksum", "abc");
        recorded.ends(200, "ab");
        assertEquals("abc", recorded.trailers().first("Checksum").orElseThrow());
    }

    @Test
    void aProducerIsHeldBackWhileTheServerDoesNotRead() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        int pieces = 0;
        int told;
        do { // the system's buffers grow for a while
            told = body.drained;
            while (body.stream().write(ByteBuffer.allocate(PIECE))) {
                pieces++;
                server.turned.turn();
                assertTrue(pieces < 1000, "it is never held back");
            }
            pieces++;
            server.turned.settle();
        } while (body.drained > told);
        int before = told;
        int written = pieces * PIECE;
        settles("all comes", () -> side.body().length() == written);
        settles("the producer is told", () -> body.drained > before);
        body.stream().close();
        whole();
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void aProducerThatDoesNotWaitFailsTheRequest() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        for (int i = 0; i < 1000 && body.stream().isOpen(); i++) {
            body.stream().write(ByteBuffer.allocate(PIECE));
        }
        recorded.fails(Reason.BODY, "its producer does not wait until bytes are taken");
        assertFalse(body.write("more"));
    }

    // ---- bodies that never become whole

    @Test
    void aBodyThatFailsHalfWayNeverBecomesWhole() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("half");
        comes("half");
        IOException cause = new IOException("the source is gone");
        body.stream().abort(cause);
        side.awaitCut();
        assertFalse(side.isWhole());
        assertSame(cause, recorded.fails(Reason.BODY, "the source is gone").getCause());
        assertEquals(1, body.closed);
    }

    @Test
    void aBodyShorterThanAnnouncedFails() {
        Produced body = Produced.ofLength(10);
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("12345");
        body.stream().close();
        recorded.fails(Reason.BODY, "it ended after 5 of 10 bytes");
        side.awaitCut();
    }

    @Test
    void aBodyLongerThanAnnouncedFails() {
        Produced body = Produced.ofLength(3);
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("1234");
        recorded.fails(Reason.BODY, "it has more bytes than the 3 that it announced");
        side.awaitCut();
        assertThrows(IllegalStateException.class, () -> body.stream().trailer("a", "b"));
    }

    @Test
    void aProducerThatCannotBeginFailsTheRequest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "b");
        HttpRequestBody body = HttpRequestBody.file(file);
        Files.delete(file);
        server.send(put(body)).fails(Reason.BODY, file.toString());
    }

    @Test
    void aProducerIsReleasedWhenTheExchangeIsCancelled() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("x");
        recorded.exchange().cancel();
        recorded.fails(Reason.CANCELLED, "cancelled");
        settles("it is released", () -> body.closed == 1);
        assertFalse(body.write("y"));
        side.awaitCut();
    }

    // ---- early responses

    @Test
    void anEarlyRefusalStopsTheBody() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("one");
        comes("one");
        side.begin(413, "too ");
        settles("the producer is released", () -> body.closed == 1);
        assertFalse(body.write("two"));
        assertFalse(body.stream().isOpen());
        side.end("much");
        recorded.ends(413, "too much");
        assertFalse(side.isWhole());
        comes("one");
        side.awaitCut();
    }

    @Test
    void aBodyGoesOnWhileASuccessfulResponseComes() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("one,");
        side.begin(200, "1");
        settles("the response begins", () -> recorded.text().equals("1"));
        body.write("two");
        body.stream().close();
        comes("one,two");
        side.end("2");
        recorded.ends(200, "12");
    }

    // ---- Expect: 100-continue

    @Test
    void aBodyWaitsUntilTheServerWantsIt() {
        Recorded recorded =
                server.send(post(HttpRequestBody.of(new byte[] {'x'})).withExpectContinue());
        side.awaitRequest();
        assertTrue(side.head().contains("expect: 100-continue\n"), side::head);
        assertEquals("", side.body());
        side.interim(100);
        comes("x");
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void aBodyDoesNotWaitForeverToBeWanted() {
        server.send(post(HttpRequestBody.of(new byte[] {'x'})).withExpectContinue());
        side.awaitRequest();
        server.pass(Duration.ofMillis(999));
        assertEquals("", side.body());
        server.pass(Duration.ofMillis(1));
        comes("x");
    }

    @Test
    void aBodyThatIsNotWantedIsNotSent() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body).withExpectContinue());
        side.awaitRequest();
        side.respond(403, "no");
        recorded.ends(403, "no");
        assertEquals(0, body.opened);
        assertEquals("", side.body());
    }

    @Test
    void aServerThatDoesNotKnowTheExpectationIsAskedWithoutIt() {
        Recorded recorded =
                server.send(post(HttpRequestBody.of(new byte[] {'x'})).withExpectContinue());
        side.awaitRequest();
        side.respond(417, "");
        side.awaitRequest();
        assertFalse(side.head().contains("expect"), side::head);
        comes("x");
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    // ---- once more

    @Test
    void aBodyThatCanBeReplayedFollowsARedirect() {
        Produced body = Produced.again();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("one");
        body.stream().close();
        whole();
        side.respond(307, "", "Location", "/b");
        side.awaitRequest();
        assertEquals(2, body.opened);
        body.write("two");
        body.stream().close();
        comes("two");
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void aBodyThatCanBeSentOnceDoesNot() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        side.respond(308, "", "Location", "/b");
        recorded.fails(Reason.REDIRECT, "by 308, but the body of the request can be sent only once");
    }

    @Test
    void aBodyThatWasNotBegunFollowsARedirect() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body).withExpectContinue());
        side.awaitRequest();
        side.respond(307, "", "Location", "/b");
        side.awaitRequest();
        side.interim(100);
        settles("the body is wanted", () -> body.opened == 1);
        body.stream().close();
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void aRefusedRequestIsSentAgainWhenItsBodyCanBe() {
        keptConnection();
        Recorded recorded = server.send(put(HttpRequestBody.of(new byte[] {'x'})));
        side.awaitRequest();
        side.refuse();
        side.awaitRequest();
        comes("x");
        side.respond(200, "ok");
        recorded.ends(200, "ok");
    }

    @Test
    void aRefusedRequestFailsWhenItsBodyCannotBeSentAgain() {
        keptConnection();
        Produced body = Produced.once();
        Recorded recorded = server.send(put(body));
        side.awaitRequest();
        side.refuse();
        recorded.fails(Reason.NO_RESPONSE, "before a response came");
        settles("it is released", () -> body.closed == 1);
    }

    private void keptConnection() {
        Recorded first = server.get("/first");
        side.awaitRequest();
        side.respond(200, "ok");
        first.ends(200, "ok");
    }

    // ---- exchanges that are cut, in every state

    @Test
    void cutWhileTheBodyIsSent() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        body.write("x");
        comes("x");
        side.cut();
        recorded.fails(Reason.NO_RESPONSE, "before a response came");
        settles("the producer is released", () -> body.closed == 1);
    }

    @Test
    void cutBeforeTheHead() {
        Recorded recorded = server.get("/");
        side.awaitRequest();
        side.cut();
        recorded.fails(Reason.NO_RESPONSE, "before a response came");
    }

    @Test
    void cutAfterAnInterimHead() {
        Recorded recorded = server.get("/");
        side.awaitRequest();
        side.interim(103);
        settles("it is told", () -> recorded.interim().size() == 1);
        side.cut();
        recorded.fails(Reason.NO_RESPONSE, "before ");
    }

    @Test
    void cutInTheBody() {
        Recorded recorded = server.get("/");
        side.awaitRequest();
        side.begin(200, "half");
        settles("it begins", () -> recorded.text().equals("half"));
        side.cut();
        recorded.fails(Reason.SHORT_BODY, "body ended early: 4 bytes had come");
    }

    @Test
    void cutWhileTheReaderPauses() {
        Recorded recorded = server.get("/");
        recorded.onPiece(exchange -> {
            if (recorded.text().equals("half")) {
                exchange.pause();
            }
        });
        side.awaitRequest();
        side.begin(200, "half");
        settles("it begins", () -> recorded.text().equals("half"));
        side.cut();
        server.turned.settle();
        recorded.exchange().resume();
        recorded.fails(Reason.SHORT_BODY, "body ended early");
    }

    // ---- silence

    @Test
    @Tag(SeededTests.ONCE)
    void aSlowProducerIsNotASilentServer() {
        Produced body = Produced.once();
        Recorded recorded = server.send(post(body));
        side.awaitRequest();
        server.pass(Duration.ofSeconds(100));
        assertFalse(recorded.isOver());
        body.stream().close();
        server.turned.settle();
        server.pass(Duration.ofSeconds(31));
        server.pass(Duration.ofSeconds(31));
        recorded.fails(Reason.TIMED_OUT, "timed out");
    }

    // ---- readers

    @Test
    void aSlowReaderGetsEveryByte() {
        Recorded recorded = server.get("/");
        recorded.onPiece(HttpExchange::pause);
        side.awaitRequest();
        side.begin(200, "one");
        settles("a piece comes", () -> recorded.pieces() > 0);
        side.end("two");
        server.turned.settle();
        assertEquals(1, recorded.pieces());
        settles("a piece comes for each resume", () -> {
            int pieces = recorded.pieces();
            recorded.exchange().resume();
            server.turned.settle();
            assertTrue(recorded.pieces() <= pieces + 1);
            return recorded.isOver();
        });
        recorded.ends(200, "onetwo");
    }

    // ---- many

    @Test
    @Tag(SeededTests.ONCE)
    void aThousandRequestsWhileTheBackendIsSwapped() {
        List<Recorded> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(server.get("/" + i));
        }
        int[] responses = {0};
        side.respondToAll(1000, () -> {
            if (++responses[0] % 40 == 0) {
                swap(responses[0] / 40);
            }
        });
        all.forEach(one -> one.ends(200, "ok"));
    }

    private void swap(int number) {
        try {
            server.turned.moveTo(TestedBackend.of(number % 2 == 0 ? new NioBackend() : new LibeventBackend()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LibeventUnavailableException e) {
            throw new AssertionError(e);
        }
    }
}
