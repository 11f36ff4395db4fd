package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.wire.Bytes;

/**
 * Hands the response of an exchange to its carrier: as a whole, in pieces, or replaced by a response of the server.
 * Interceptors see it first. It serves one response after the other. For the loop's thread, except for methods that say
 * otherwise.
 */
final class ResponseSender {

    private static final Bytes NO_TRAILERS = new Bytes(0);

    private final Lifecycle exchange;
    private final StreamLoop loop;
    private final OutgoingResponse response = new OutgoingResponse();
    private final Interception interception = new Interception();
    private @Nullable Carrier carrier;

    /** The response in pieces, if the response became one. */
    private @Nullable StreamedResponse stream;

    /** Whether no further request follows on the connection. */
    private boolean windingUp;

    ResponseSender(Lifecycle exchange, StreamLoop loop) {
        this.exchange = exchange;
        this.loop = loop;
    }

    void begin(Carrier by, HeadLayout asked) {
        carrier = by;
        response.begin(asked);
        interception.clear();
        windingUp = false;
    }

    OutgoingResponse response() {
        return response;
    }

    Interception interception() {
        return interception;
    }

    /** From any thread: null when the exchange has ended. */
    @Nullable
    Carrier carrier() {
        return carrier;
    }

    private Carrier required() {
        Carrier by = carrier;
        if (by == null) {
            throw new RequestOver();
        }
        return by;
    }

    // ---- before the response

    /** Sends an interim response, unless it comes too late or its client does not know any. */
    void inform(int status, Bytes fields) {
        if (exchange.isUnsent() && !response.isOld()) {
            required().inform(status, fields);
        }
    }

    // ---- as a whole

    void respond(byte[] whole) {
        if (!exchange.isResponding()) {
            return;
        }
        response.settle();
        if (interception.isEmpty()) {
            required().send(response, whole);
            exchange.complete(response.status(), response.isBodyless() ? 0 : whole.length);
        } else {
            respond(ByteBuffer.wrap(whole));
        }
    }

    void respond(ByteBuffer whole) {
        if (!exchange.isResponding()) {
            return;
        }
        response.settle();
        ByteBuffer shown;
        try {
            shown = interception.whole(exchange.request(), response, whole);
        } catch (RuntimeException | Error fault) {
            exchange.interceptorFailed(fault);
            return;
        }
        respond(response, shown);
    }

    /** Sends a response of the server's own. */
    void respondOwn(OutgoingResponse own, ByteBuffer whole) {
        interception.ownHead(exchange.request(), own, whole.remaining());
        respond(own, whole);
    }

    private void respond(OutgoingResponse sent, ByteBuffer whole) {
        int length = sent.isBodyless() ? 0 : whole.remaining();
        if (sent.isHeadOnly() && !sent.isEmpty() && interception.encodes()) {
            required().begin(sent, Carrier.UNTOLD);
            required().finish(NO_TRAILERS);
        } else {
            required().send(sent, whole);
        }
        exchange.complete(sent.status(), length);
    }

    // ---- in pieces

    /** From any thread: makes this a response in pieces. */
    StreamedResponse stream(Carrier by, long length) {
        StreamedResponse begun = new StreamedResponse(exchange, this, by, length, loop);
        stream = begun;
        return begun;
    }

    /**
     * Sends the head of the response in pieces.
     *
     * @return the length of the body that was sent with the head, or {@link Carrier#UNKNOWN}
     */
    long beginStream(long length) {
        response.settle();
        interception.head(exchange.request(), response, length);
        if (response.isUpgrade()) {
            interception.dropEncoders();
        }
        long told = interception.encodes() ? Carrier.UNKNOWN : length;
        told = response.isEmpty() ? 0 : told;
        required().begin(response, told);
        if (response.isUpgrade()) {
            exchange.upgraded();
        }
        return told;
    }

    void finishStream(Bytes trailers, long sent) {
        if (exchange.isResponding()) {
            required().finish(trailers);
            exchange.complete(response.status(), sent);
        }
    }

    /** Closes the stream that a blocking call has left open when it returned. */
    void closeOutput() {
        StreamedResponse begun = stream;
        if (begun != null) {
            begun.closeOutput();
        }
    }

    /** No further request follows on the connection: a response that has no end of its own ends now. */
    void windUp() {
        windingUp = true;
        StreamedResponse begun = stream;
        if (begun != null) {
            begun.windUp();
        }
    }

    boolean isWindingUp() {
        return windingUp;
    }

    void drained() {
        StreamedResponse begun = stream;
        if (begun != null) {
            begun.drained();
        }
    }

    /** Whether nothing of it was sent yet. */
    boolean isHolding() {
        StreamedResponse begun = stream;
        return begun == null || begun.isHolding();
    }

    /** Drops the held-back bytes of a response in pieces, so that another response can be sent; false when there are none. */
    boolean dropStream() {
        StreamedResponse begun = stream;
        return begun != null && begun.drop();
    }

    /** The number of sent bytes of a body in pieces. */
    long sent() {
        StreamedResponse begun = stream;
        return begun == null ? 0 : begun.sent();
    }

    /** The exchange has ended, successfully or not. */
    void ended() {
        carrier = null;
        StreamedResponse begun = stream;
        if (begun != null) {
            stream = null;
            begun.ended();
        }
    }
}
