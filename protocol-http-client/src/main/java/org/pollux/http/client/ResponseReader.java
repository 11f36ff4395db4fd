package org.pollux.http.client;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.ResponseFraming.Kind;
import org.pollux.http.wire.BodyDecoder;
import org.pollux.http.wire.FieldLines;

/**
 * Reads responses from the bytes of one connection, one after the other, and reports to their calls. It stops where its call
 * is paused, and continues there, with or without new bytes. Head, framing, gzip and pauses are one state, so this is one file.
 */
final class ResponseReader {

    /** Bytes of a redirect's body that are skipped to keep the connection. */
    private static final long PASSED_OVER = 64 * 1024;

    /** Maximum bytes of a chunk that is collected with its neighbours before they are reported. */
    private static final int SMALL = 2048;

    /** Maximum interim responses before a final one: more of them mean a broken server. */
    private static final int INTERIM = 32;

    private final ReactorHttpClient client;
    private final ResponseParser parser;
    private final BodyDecoder body = new BodyDecoder();
    private @Nullable Call call;
    private @Nullable ResponseFraming framing;
    private @Nullable GzipDecoder gzip;
    private boolean passedOver;
    private boolean inputClosed;

    /** Whether the connection has served another call before. */
    private boolean kept;

    /** Whether the data on a kept connection is not a response to this call. */
    private boolean stale;

    private int interim;
    private int status;
    private long received;

    /** Whether small chunks were taken but not reported yet; during one read only. */
    private boolean hasGathered;

    ResponseReader(ReactorHttpClient client) {
        this.client = client;
        this.parser = new ResponseParser(client.settings().headLimit());
    }

    /** @param onKept whether the connection has served another call before */
    void begin(Call next, boolean onKept) {
        call = next;
        kept = onKept;
        stale = false;
        framing = null;
        passedOver = false;
        inputClosed = false;
        interim = 0;
        received = 0;
        parser.reset();
        close();
    }

    void close() {
        if (gzip != null) {
            gzip.close();
            gzip = null;
        }
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
        while (goesOn() && framing == null) {
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
            stale = kept && interim == 0 && e.reason() == Reason.NOT_HTTP; // more bytes of the previous response
            throw e;
        }
    }

    private boolean goesOn() {
        return call != null && !call.isPaused() && !call.isOver();
    }

    private void head() throws HttpFailure {
        Call told = current();
        status = parser.status();
        ResponseFraming found = ResponseFraming.of(told.request().method(), parser);
        Unasked.refuse(told.request(), status, parser.fields());
        if (parser.isInterim()) {
            if (++interim > INTERIM) {
                throw new HttpFailure(Reason.MALFORMED, "more than " + INTERIM + " interim responses (1xx)");
            }
            told.interim(parser);
            parser.reset();
            return;
        }
        if (status == 408 && kept && told.mayRepeat()) {
            stale = true; // the status refers to the time before the request (RFC 9110, section 15.5.9)
            throw new HttpFailure(Reason.STATUS, "408 " + parser.reason());
        }
        if (status == 205 && found.kind() == Kind.LENGTH && found.length() > 0) {
            throw bodyOf205();
        }
        framing = found;
        switch (found.kind()) {
            case LENGTH -> body.beginLength(found.length());
            case UNTIL_CLOSE -> body.beginLength(Long.MAX_VALUE);
            case CHUNKED ->
                body.beginChunkedResponse(Long.MAX_VALUE, client.settings().headLimit());
        }
        boolean asked = RequestWriter.asksForGzip(told.request());
        passedOver = !told.head(parser);
        if (asked && !passedOver && !body.isAtEnd() && status != 205 && isGzip(parser.fields())) {
            gzip = new GzipDecoder();
        }
    }

    private static boolean isGzip(Headers headers) {
        String coding = headers.first("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        return coding.equals("gzip") || coding.equals("x-gzip");
    }

    private static HttpFailure bodyOf205() {
        return new HttpFailure(Reason.MALFORMED, "205 has a body, which RFC 9110 does not allow");
    }

    private boolean readBody(ByteBuffer in) throws HttpFailure {
        while (goesOn() && framing != null) {
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
                    return goesOn() && end();
                }
                if (count == 0) {
                    return goesOn() && inputClosed && framing.kind() == Kind.UNTIL_CLOSE && end();
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
                                + client.settings().headLimit() + " bytes")
                : new HttpFailure(Reason.MALFORMED, "the chunks of the body are malformed, " + progress());
    }

    /** Whether that piece is a small chunk, more may follow at once, and it fits after the gathered bytes. */
    private boolean isGathered(ByteBuffer in, int count) {
        return count > 0
                && count <= SMALL
                && count < in.remaining()
                && body.isChunked()
                && gzip == null
                && !passedOver
                && status != 205
                && count <= client.gathered().remaining();
    }

    /** Takes a small chunk. It is reported before this read ends, together with its neighbours. */
    private void gather(ByteBuffer in, int count) {
        ByteBuffer gathered = client.gathered();
        gathered.put(gathered.position(), in, in.position(), count).position(gathered.position() + count);
        in.position(in.position() + count);
        received += count;
        body.taken(count);
        hasGathered = true;
    }

    private void tellGathered() throws HttpFailure {
        hasGathered = false;
        ByteBuffer gathered = client.gathered();
        try {
            current().data(gathered.flip());
        } finally {
            gathered.clear();
        }
    }

    /** Presents that many bytes at the buffer's position, or fewer when the call pauses. */
    private void deliver(ByteBuffer in, int count) throws HttpFailure {
        int limit = in.limit();
        int from = in.position();
        in.limit(from + count);
        if (gzip != null) {
            inflate(gzip, in);
        } else if (count > 0) {
            if (status == 205) {
                throw bodyOf205();
            }
            if (!passedOver) {
                current().data(in);
            }
            in.position(from + count);
        }
        int taken = in.position() - from;
        in.limit(limit);
        received += taken;
        if (taken > 0) {
            body.taken(taken);
        }
        if (passedOver && received > PASSED_OVER) {
            passTheRest();
        }
    }

    private void inflate(GzipDecoder decoder, ByteBuffer in) throws HttpFailure {
        ByteBuffer out = client.inflated();
        boolean more = true;
        while (more && goesOn()) {
            decoder.decode(in, out.clear());
            more = !out.hasRemaining() || in.hasRemaining();
            if (out.flip().hasRemaining()) {
                current().data(out);
            }
        }
    }

    /** The rest of a redirect's body is not worth the connection. */
    private void passTheRest() {
        framing = new ResponseFraming(Kind.LENGTH, 0, false);
        body.beginLength(0);
    }

    private boolean end() throws HttpFailure {
        if (gzip != null && !gzip.isComplete()) {
            throw new HttpFailure(Reason.SHORT_BODY, "body ended early: its gzip is not complete, " + progress());
        }
        close();
        return true;
    }

    private Call current() {
        if (call == null) {
            throw new IllegalStateException("No call is being responded");
        }
        return call;
    }

    boolean isInputClosed() {
        return inputClosed;
    }

    // ---- the result of a complete response

    boolean persists() {
        return framing != null && framing.persists();
    }

    boolean isPassedOver() {
        return passedOver;
    }

    /** Whether the request's method or the status rules out a body, whatever the head says: some servers send one. */
    boolean isBodiless() {
        return status == 204
                || status == 304
                || (call != null && call.request().method().equals("HEAD"));
    }

    Headers trailers() {
        FieldLines trailers = body.trailers();
        byte[] copy = new byte[trailers.to() - trailers.from()];
        trailers.bytes().get(trailers.from(), copy);
        return new FieldLines(ByteBuffer.wrap(copy), 0, copy.length);
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
                ? received + " of " + framing.length() + " bytes had come"
                : received + " bytes had come";
    }
}
