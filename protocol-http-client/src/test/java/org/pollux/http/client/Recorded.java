package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pollux.http.Headers;

/** Keeps what a handler hears, and sees that it hears it in the right order. */
final class Recorded implements HttpResponseHandler {

    private final HandServer server;
    private final HttpExchange exchange;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<HttpResponseHead> interim = new ArrayList<>();
    private final List<HttpResponseHead> heads = new ArrayList<>();
    private final List<Headers> ends = new ArrayList<>();
    private final List<HttpFailure> failures = new ArrayList<>();
    private Consumer<HttpExchange> onPiece = _ -> {};
    private Runnable onInterim = () -> {};
    private Runnable onOver = () -> {};
    private int pieces;
    private boolean inCallback;

    /** Sends the request. */
    Recorded(HandServer server, HttpRequest request) {
        this.server = server;
        this.exchange = server.client.send(request, this);
    }

    HttpExchange exchange() {
        return exchange;
    }

    List<HttpResponseHead> interim() {
        return interim;
    }

    HttpResponseHead head() {
        return heads.getFirst();
    }

    Headers trailers() {
        return ends.getFirst();
    }

    int pieces() {
        return pieces;
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    String text() {
        return body.toString(ISO_8859_1);
    }

    /** Does that at each interim response. */
    void onInterim(Runnable action) {
        onInterim = action;
    }

    /** Does that at each piece of the body. */
    void onPiece(Consumer<HttpExchange> action) {
        onPiece = action;
    }

    /** Does that when the response is whole. */
    void onOver(Runnable action) {
        onOver = action;
    }

    boolean isOver() {
        return ends.size() + failures.size() > 0;
    }

    @Override
    public void onInterim(HttpResponseHead found) {
        assertTrue(heads.isEmpty() && !isOver());
        interim.add(found);
        onInterim.run();
    }

    @Override
    public void onHead(HttpResponseHead found, HttpExchange same) {
        assertTrue(heads.isEmpty() && !isOver());
        assertSame(exchange, same);
        heads.add(found);
    }

    @Override
    public void onData(ByteBuffer in) {
        assertFalse(inCallback, "a callback inside another");
        assertTrue(!heads.isEmpty() && !isOver());
        assertTrue(in.hasRemaining());
        inCallback = true;
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        body.writeBytes(bytes);
        pieces++;
        onPiece.accept(exchange);
        inCallback = false;
    }

    @Override
    public void onEnd(Headers trailers) {
        assertFalse(inCallback, "a callback inside another");
        assertTrue(!heads.isEmpty() && !isOver());
        ends.add(trailers);
        onOver.run();
    }

    @Override
    public void onFailed(HttpFailure cause) {
        assertFalse(isOver());
        failures.add(cause);
    }

    private void over() {
        server.turned.turnUntil("the exchange is over", this::isOver);
    }

    /** Waits until the response is whole. */
    Recorded ends() {
        over();
        if (!failures.isEmpty()) {
            throw new AssertionError("It failed", failures.getFirst());
        }
        return this;
    }

    void ends(int status, String text) {
        ends();
        assertEquals(status, head().status());
        assertEquals(text, text());
    }

    /** Waits until it has failed in that way, with a message that has these words. */
    HttpFailure fails(HttpFailure.Reason reason, String words) {
        over();
        assertTrue(ends.isEmpty(), () -> "it has not failed but ended with " + head());
        HttpFailure failure = failures.getFirst();
        assertEquals(reason, failure.reason(), failure::toString);
        assertTrue(failure.toString().contains(words), failure::toString);
        return failure;
    }
}
