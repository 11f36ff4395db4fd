package org.pollux.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;

/**
 * How bodies come to handlers: order, backpressure, ends and faults. It is one file because all tests use the same recorder
 * and connection.
 */
class RequestBodyTest {

    private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String A = HandServer.ok("/a");
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    /** Writes down what it hears, and takes as much of each piece as it is told to. */
    private static final class Recorder implements BodyHandler {

        private final List<String> heard = new ArrayList<>();
        private int takes = Integer.MAX_VALUE;
        private Runnable also = () -> {};

        @Override
        public void onData(ByteBuffer in) {
            byte[] taken = new byte[Math.min(takes, in.remaining())];
            int left = in.remaining() - taken.length;
            in.get(taken);
            heard.add(new String(taken, StandardCharsets.ISO_8859_1) + (left > 0 ? "+" + left : ""));
            also.run();
        }

        @Override
        public void onEnd(Headers trailers) {
            StringBuilder end = new StringBuilder("end");
            trailers.forEach(
                    field -> end.append(' ').append(field.name()).append('=').append(field.value()));
            heard.add(end.toString());
        }

        @Override
        public void onFailed(Throwable cause) {
            heard.add("failed: " + cause.getMessage());
        }
    }

    private final HandServer server = new HandServer().withText("/a");
    private final HandConnection client = server.connect();
    private final Recorder recorder = new Recorder();
    private final AtomicReference<RequestBody> body = new AtomicReference<>();
    private final AtomicReference<Response> response = new AtomicReference<>();

    private void serve(HttpHandler handler) {
        server.with(Mount.at("/x").methods("*"), (request, answer) -> {
            body.set(request.body());
            response.set(answer);
            handler.handle(request, answer);
        });
    }

    private void record() {
        serve((request, _) -> request.body().read(recorder));
    }

    private void heard(String... all) {
        assertEquals(List.of(all), recorder.heard);
    }

    // ---- pieces

    @Test
    void piecesAndTheEndComeInOrder() {
        record();
        client.receive(POST + "Content-Length: 10\r\n\r\nabc").receive("def").receive("ghij" + GET);
        heard("abc", "def", "ghij", "end");
        response.get().send("ok");
        server.reactor.settle();
        assertEquals(HandServer.ok("ok") + A, client.takeSent());
    }

    @Test
    void chunksComeWithoutTheirFraming() {
        record();
        client.receive(CHUNKED + "3;x\r\nabc\r\n2\r\nd").receive("e\r\n0\r\nT: u\r\n\r\n" + GET);
        heard("abc", "d", "e", "end T=u");
        response.get().send("ok");
        server.reactor.settle();
        assertEquals(HandServer.ok("ok") + A, client.takeSent());
    }

    // ---- backpressure

    @Test
    void whatIsLeftIsPresentedAgainWithMoreBehindIt() {
        record();
        recorder.takes = 2;
        client.receive(CHUNKED + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
        heard("ab+1", "cd+2", "end");
    }

    @Test
    void aPausedBodyHoldsTheClientBack() {
        record();
        recorder.takes = 1;
        recorder.also = () -> body.get().pause();
        client.receive(POST + "Content-Length: 6\r\n\r\nabc");
        heard("a+2");
        client.receive("def");
        heard("a+2");
        assertTrue(client.isReadingPaused());
        body.get().resume();
        server.reactor.settle();
        heard("a+2", "b+1");
        recorder.takes = 9;
        recorder.also = () -> {};
        body.get().resume();
        server.reactor.settle();
        heard("a+2", "b+1", "c", "def", "end");
        assertFalse(client.isReadingPaused());
    }

    @Test
    void aHandlerThatPausesAndResumesInOneCallbackGoesOnAtOnce() {
        record();
        recorder.takes = 2;
        recorder.also = () -> {
            body.get().pause();
            body.get().resume();
        };
        client.receive(POST + "Content-Length: 3\r\n\r\nabc");
        heard("ab+1", "c", "end");
    }

    @Test
    void whatAHandlerLeavesIsCountedUntilItIsTakenOrTheBodyIsOver() {
        record();
        recorder.takes = 2;
        recorder.also = () -> body.get().pause();
        client.receive(POST + "Content-Length: 9\r\n\r\nabcdef");
        heard("ab+4");
        assertEquals(4, client.charged());
        body.get().resume();
        server.reactor.settle();
        heard("ab+4", "cd+2");
        assertEquals(2, client.charged());
        response.get().send("ok");
        assertEquals(0, client.charged(), "the response is complete, and the rest of the body is passed over");
        server.reactor.settle();
        client.receive("ghi" + CHUNKED + "3\r\nxyz\r\n0\r\n\r\n");
        assertEquals(1, client.charged());
        recorder.also = () -> {};
        body.get().resume();
        server.reactor.settle();
        response.get().send("ok");
        server.reactor.settle();
        assertEquals(0, client.charged());
        assertEquals(HandServer.ok("ok") + HandServer.ok("ok"), client.takeSent());
    }

    @Test
    void whatAHandlerHasLeftIsNotCountedWhenItFails() {
        record();
        recorder.takes = 1;
        client.receive(POST + "Content-Length: 9\r\n\r\nabc");
        assertEquals(2, client.charged());
        recorder.also = () -> {
            throw new IllegalStateException("made to fail");
        };
        client.receive("def");
        assertEquals(0, client.charged());
    }

    // ---- whole bodies

    @Test
    void aWholeBodyIsHandedOver() {
        serve((request, answer) -> request.body().readAll(5, answer::send));
        String whole = HandServer.ok("hello");
        assertEquals(
                whole + A,
                client.receive(POST + "Content-Length: 5\r\n\r\nhello" + GET).takeSent());
        client.receive(POST + "Content-Length: 5\r\n\r\nhe").receive("llo" + GET);
        assertEquals(whole + A, client.takeSent());
        client.receive(CHUNKED + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
        assertEquals(whole, client.takeSent());
        assertEquals(HandServer.ok(""), client.receive(POST + "\r\n").takeSent());
    }

    @Test
    void aWholeBodyThatIsTooLongIsRefused() {
        serve((request, answer) -> request.body().readAll(4, answer::send));
        assertEquals(HandServer.refusal(413), server.answer(POST + "Content-Length: 5\r\n\r\nhello" + GET));
        assertEquals(HandServer.refusal(413), server.answer(CHUNKED + "4\r\nhell\r\n1\r\no\r\n0\r\n\r\n" + GET));
        assertEquals(HandServer.refusal(413), server.answer(CHUNKED + "5\r\nhello"));
    }

    // ---- 100 Continue (RFC 9110, section 10.1.1)

    @Test
    void aClientThatWaitsIsAskedWhenItsBodyIs() {
        serve((_, _) -> {});
        client.receive(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertEquals("", client.takeSent());
        body.get().read(recorder);
        assertEquals(CONTINUE, client.takeSent());
        client.receive("abc");
        heard("abc", "end");
        response.get().send("ok");
        assertEquals(HandServer.ok("ok"), client.takeSent());
        assertTrue(client.isOpen());
    }

    @Test
    void aClientThatWaitsAndIsNotAskedIsAnsweredAndClosed() {
        serve((_, answer) -> answer.send("no"));
        client.receive(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        assertEquals(HandServer.ok("Connection: close\r\n", "no"), client.takeSent());
        assertTrue(client.isClosed());
    }

    // ---- what nobody reads

    @Test
    void whatNobodyReadsIsPassedOver() {
        serve((_, answer) -> answer.send("no"));
        String no = HandServer.ok("no");
        client.receive(POST + "Content-Length: 28\r\n\r\n" + GET + GET);
        assertEquals(no + A, client.takeSent());
        client.receive(CHUNKED + "1c\r\n" + GET + "\r\n0\r\n\r\n" + GET);
        assertEquals(no + A, client.takeSent());
        client.receive(POST + "Content-Length: 28\r\n\r\n");
        assertEquals(no, client.takeSent());
        client.receive(GET + GET);
        assertEquals(A, client.takeSent());
    }

    @Test
    void tooMuchToBePassedOverClosesTheConnection() {
        serve((_, answer) -> answer.send("no"));
        int limit = HttpSettings.defaults().body().passedOver();
        client.receive(POST + "Content-Length: " + (limit + 1) + "\r\n\r\n");
        assertEquals(HandServer.ok("Connection: close\r\n", "no"), client.takeSent());
        assertTrue(client.isClosed());

        HandConnection chunks = server.connect().receive(CHUNKED);
        assertEquals(HandServer.ok("no"), chunks.takeSent());
        for (int i = 0; i < 100 && chunks.isOpen(); i++) {
            chunks.receive("1000\r\n" + "x".repeat(0x1000) + "\r\n");
        }
        assertTrue(chunks.isClosed() && !chunks.isReset());
    }

    @Test
    void aReaderIsToldThoughTheConnectionClosesWithTheResponse() {
        record();
        client.receive(POST + "Connection: close\r\nContent-Length: 6\r\n\r\nabc");
        response.get().send("enough");
        server.reactor.settle();
        heard("abc", "failed: The response was complete before the body was read");
        assertTrue(client.isClosed());
        assertTrue(client.lingers(), "the rest of the body is on its way");
    }

    // ---- faults

    @Test
    void aFaultBeforeTheResponseGetsAResponseAndIsToldAndNothingFollows() {
        record();
        client.receive(CHUNKED + "3\r\nabc\r\nx" + GET);
        heard("abc", "failed: The body's chunks are malformed");
        assertEquals(HandServer.refusal(400), client.takeSent());
        assertTrue(client.isClosed());
        response.get().status(200).header("A", "b").send("nobody hears it");
        assertFalse(response.get().stream().isOpen());
        assertEquals("", client.takeSent());
    }

    @Test
    void aFaultInTheMiddleOfTheResponseCutsTheConnection() {
        serve((request, answer) -> {
            answer.stream().flush();
            request.body().read(recorder);
        });
        client.receive(CHUNKED + "3\r\nabc\r\n");
        assertTrue(client.takeSent().endsWith("Transfer-Encoding: chunked\r\n\r\n"));
        client.receive("x");
        assertTrue(client.isReset());
        assertEquals("", client.takeSent());
    }

    @Test
    void aBodyBeyondTheServersLimitIsRefused() {
        HttpSettings defaults = HttpSettings.defaults();
        BodyLimits small = new BodyLimits(10, 100, 500, Duration.ofSeconds(20));
        HandServer limited = new HandServer(
                        new HttpSettings(defaults.head(), small, defaults.connection(), defaults.server()))
                .with(Mount.at("/x").methods("*"), Bodies.echo());
        assertEquals(HandServer.refusal(413), limited.answer(POST + "Content-Length: 11\r\n\r\n"));
        assertTrue(limited.answer(POST + "Content-Length: 10\r\n\r\n0123456789").endsWith("\r\n\r\n0123456789"));
        assertEquals(HandServer.refusal(413), limited.answer(CHUNKED + "9\r\n123456789\r\n2\r\n"));
    }

    @Test
    void aClientThatLeavesBeforeTheEndIsToldToTheReader() {
        record();
        client.receive(POST + "Content-Length: 6\r\n\r\nabc").reset();
        heard("abc", "failed: Connection reset");
        response.get().send("nobody hears it");

        recorder.heard.clear();
        HandConnection closing =
                server.connect().receive(POST + "Content-Length: 6\r\n\r\nabc").receiveEnd();
        heard("abc", "failed: The client has closed before the end of its body");
        assertEquals(HandServer.refusal(400), closing.takeSent());
    }

    // ---- time

    @Test
    void aBodyThatDripsIsCutOffWhenItsPatienceIsOver() {
        record();
        client.receive(POST + "Content-Length: 600\r\n\r\na");
        assertEquals(Duration.ofSeconds(20), client.idle());
        for (int i = 0; i < 4; i++) {
            server.time.pass(Duration.ofSeconds(4));
            client.receive("b");
        }
        assertEquals(Duration.ofMillis(4008), client.idle());
        server.time.pass(Duration.ofSeconds(5));
        client.timeOut();
        assertTrue(client.takeSent().startsWith("HTTP/1.1 408 "));
        assertTrue(client.isClosed());
        assertEquals("failed: The client sends its body too slowly", recorder.heard.getLast());
    }

    @Test
    void aBodyThatComesFastEnoughMayTakeForEver() {
        record();
        client.receive(POST + "Content-Length: 1000000\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            server.time.pass(Duration.ofSeconds(4));
            client.receive("x".repeat(2000));
            assertEquals(Duration.ofSeconds(20), client.idle());
        }
        assertTrue(client.isOpen());
    }

    @Test
    void aHandlerThatPausesMayTakeItsTime() {
        record();
        recorder.also = () -> body.get().pause();
        client.receive(POST + "Content-Length: 6\r\n\r\nabc");
        assertEquals(HttpSettings.defaults().connection().idleTimeout(), client.idle());
        server.time.pass(Duration.ofHours(1));
        client.timeOut();
        assertTrue(client.isOpen());
        body.get().resume();
        server.reactor.settle();
        assertEquals(Duration.ofSeconds(20), client.idle());
    }

    @Test
    void whatIsPassedOverMustComeInTimeToo() {
        serve((_, answer) -> answer.send("no"));
        client.receive(POST + "Content-Length: 6\r\n\r\nabc").takeSent();
        assertEquals(Duration.ofSeconds(20), client.idle());
        client.timeOut();
        assertTrue(client.isClosed() && !client.isReset());
    }
}
