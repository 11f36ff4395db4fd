package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.ClientLoop;
import org.pollux.http.client.exchange.ResponseDelivery;
import org.pollux.http.client.h1.ResponseFraming.Kind;
import org.pollux.http.wire.BodyDecoder;

/**
 * Reads responses from the bytes of one connection, one after the other, and delivers them to their calls. It stops where its
 * call is paused, and continues there, with or without new bytes.
 */
final class ResponseReader {

    /** Maximum bytes of a chunk that is collected with its neighbours before they are reported. */
    private static final int SMALL = 2048;

    private final ClientLoop loop;
    private final ResponseParser parser;
    private final ResponseDelivery delivery;
    private final BodyDecoder body = new BodyDecoder();
    private @Nullable Call call;
    private @Nullable ResponseFraming framing;
    private boolean inputClosed;

    /** Whether the connection has served another call before. */
    private boolean kept;

    /** Whether the data on a kept connection is not a response to this call. */
    private boolean stale;

    /** Whether small chunks were taken but not reported yet; during one read only. */
    private boolean hasGathered;

    ResponseReader(ClientLoop loop) {
        this.loop = loop;
        this.parser = new ResponseParser(loop.settings().headLimit());
        this.delivery = new ResponseDelivery(loop);
    }

    /** @param onKept whether the connection has served another call before */
    void begin(Call next, boolean onKept) {
        call = next;
        kept = onKept;
        stale = false;
        framing = null;
        inputClosed = false;
        parser.reset();
        delivery.begin(next);
    }

    void close() {
        delivery.close();
    }

    /** The server has sent its FIN: a body that ends with the connection is complete. */
    void inputClosed() {
        inputClosed = true;
    }

    /**
     * Reads as much as it can.
     *
     * @return whether the response is complete; false also when the call is paused or over
     */
    boolean read(ByteBuffer in) throws HttpFailure {
        while (delivery.goesOn() && framing == null) {
            if (!parseHead(in)) {
                return false;
            }
            head();
        }
        return readBody(in);
    }

    private boolean parseHead(ByteBuffer in) throws HttpFailure {
        try {
            return parser.parse(in);
        } catch (HttpFailure e) {
            stale = kept
                    && delivery.isUntouched()
                    && e.reason() == Reason.NOT_HTTP; // the rest of the previous response
            throw e;
        }
    }

    private void head() throws HttpFailure {
        Call told = call;
        if (told == null) {
            throw new IllegalStateException("No call is being responded");
        }
        ResponseFraming found = ResponseFraming.of(told.request().method(), parser);
        if (parser.status() == 408 && kept && told.mayRepeat()) {
            stale = true; // the status refers to the time before the request (RFC 9110, section 15.5.9)
            throw new HttpFailure(Reason.STATUS, "408 " + parser.reason());
        }
        long length = found.kind() == Kind.LENGTH ? found.length() : -1;
        if (!parser.isInterim()) {
            framing = found;
        }
        if (!delivery.head(parser.version(), parser.status(), parser.reason(), parser.fields(), length)) {
            parser.reset();
            return;
        }
        switch (found.kind()) {
            case LENGTH -> body.beginLength(found.length());
            case UNTIL_CLOSE -> body.beginLength(Long.MAX_VALUE);
            case CHUNKED ->
                body.beginChunkedResponse(Long.MAX_VALUE, loop.settings().headLimit());
        }
    }

    private boolean readBody(ByteBuffer in) throws HttpFailure {
        while (delivery.goesOn() && framing != null) {
            BodyDecoder.State state = body.decode(in);
            int count = state == BodyDecoder.State.DATA ? body.run(in) : 0;
            if (isGathered(in, count)) {
                gather(in, count);
            } else if (hasGathered) {
                tellGathered(); // then the bytes after them
            } else if (state == BodyDecoder.State.FAULT) {
                throw fault();
            } else {
                deliver(in, count); // a count of 0 delivers the rest in the gzip decoder
                if (state == BodyDecoder.State.END) {
                    return delivery.goesOn() && end();
                }
                if (count == 0) {
                    return delivery.goesOn() && inputClosed && framing.kind() == Kind.UNTIL_CLOSE && end();
                }
            }
        }
        return false;
    }

    private HttpFailure fault() {
        return body.fault() == 431
                ? new HttpFailure(
                        Reason.TOO_LONG,
                        "the trailers of the body are longer than "
                                + loop.settings().headLimit() + " bytes")
                : new HttpFailure(Reason.MALFORMED, "the chunks of the body are malformed, " + progress());
    }

    /** Whether that piece is a small chunk, more may follow at once, and it fits after the gathered bytes. */
    private boolean isGathered(ByteBuffer in, int count) {
        return count > 0
                && count <= SMALL
                && count < in.remaining()
                && body.isChunked()
                && delivery.isPlain()
                && count <= loop.gathered().remaining();
    }

    /** Takes a small chunk. It is reported before this read ends, together with its neighbours. */
    private void gather(ByteBuffer in, int count) {
        ByteBuffer gathered = loop.gathered();
        gathered.put(gathered.position(), in, in.position(), count).position(gathered.position() + count);
        in.position(in.position() + count);
        body.taken(count);
        hasGathered = true;
    }

    private void tellGathered() throws HttpFailure {
        hasGathered = false;
        ByteBuffer gathered = loop.gathered();
        try {
            delivery.gathered(gathered.flip());
        } finally {
            gathered.clear();
        }
    }

    /** Presents that many bytes at the buffer's position, or fewer when the call pauses. */
    private void deliver(ByteBuffer in, int count) throws HttpFailure {
        int limit = in.limit();
        int from = in.position();
        delivery.data(in.limit(from + count));
        int taken = in.position() - from;
        in.limit(limit);
        if (taken > 0) {
            body.taken(taken);
        }
        if (delivery.isEnough()) {
            passTheRest();
        }
    }

    /** The rest of a redirect's body is not worth the connection. */
    private void passTheRest() {
        framing = new ResponseFraming(Kind.LENGTH, 0, false);
        body.beginLength(0);
    }

    private boolean end() throws HttpFailure {
        delivery.end();
        return true;
    }

    boolean isInputClosed() {
        return inputClosed;
    }

    // ---- the result of a complete response

    boolean persists() {
        return framing != null && framing.persists();
    }

    boolean isPassedOver() {
        return delivery.isPassedOver();
    }

    boolean isBodiless() {
        return delivery.isBodiless();
    }

    Headers trailers() {
        return body.trailers().copy();
    }

    // ---- progress

    boolean isInBody() {
        return framing != null;
    }

    /** Whether a part of a head has come, but not all of it. */
    boolean isInHead() {
        return framing == null && parser.hasBegun();
    }

    /** Whether the data on a kept connection is not a response to this call: the call may be sent again on a new one. */
    boolean isStale() {
        return stale;
    }

    /** {@code 10 of 100 bytes had come}. */
    String progress() {
        if (framing == null) {
            return "the head of the response was not whole";
        }
        return framing.kind() == Kind.LENGTH
                ? delivery.received() + " of " + framing.length() + " bytes had come"
                : delivery.received() + " bytes had come";
    }
}
