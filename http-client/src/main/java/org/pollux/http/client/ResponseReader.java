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
 * Reads answers from the bytes of one connection, one after the other, and tells their calls. It stops wherever its call
 * is paused, and goes on from there with any bytes or with none.
 */
final class ResponseReader {

    /** How many bytes of the body of a redirect are passed over to keep the connection. */
    private static final long PASSED_OVER = 64 * 1024;

    /** Interim answers in front of one: more of them are a server gone mad. */
    private static final int INTERIM = 32;

    private final ReactorHttpClient client;
    private final ResponseParser parser;
    private final BodyDecoder body = new BodyDecoder();
    private @Nullable Call call;
    private @Nullable ResponseFraming framing;
    private @Nullable GzipDecoder gzip;
    private boolean passedOver;
    private boolean inputClosed;
    private int interim;
    private long received;

    ResponseReader(ReactorHttpClient client) {
        this.client = client;
        this.parser = new ResponseParser(client.settings().headLimit());
    }

    void begin(Call next) {
        call = next;
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

    /** The server has sent its FIN: a body that ends with the connection is whole. */
    void inputClosed() {
        inputClosed = true;
    }

    /**
     * Takes what it can.
     *
     * @return whether the answer is whole; false also when the call is paused or over
     */
    boolean read(ByteBuffer in) throws HttpFailure {
        while (goesOn() && framing == null) {
            if (!parser.parse(in)) {
                return false;
            }
            head();
        }
        return readBody(in);
    }

    private boolean goesOn() {
        return call != null && !call.isPaused() && !call.isOver();
    }

    private void head() throws HttpFailure {
        Call told = current();
        int status = parser.status();
        ResponseFraming found = ResponseFraming.of(told.request().method(), parser);
        if (status < 200) {
            if (status == 101 || ++interim > INTERIM) {
                throw new HttpFailure(
                        Reason.MALFORMED,
                        status == 101
                                ? "the server switches to another protocol, which nobody asked for"
                                : "more than " + INTERIM + " interim answers (1xx)");
            }
            parser.reset();
            return;
        }
        framing = found;
        switch (found.kind()) {
            case LENGTH -> body.beginLength(found.length());
            case UNTIL_CLOSE -> body.beginLength(Long.MAX_VALUE);
            case CHUNKED -> body.beginChunked(Long.MAX_VALUE, client.settings().headLimit());
        }
        boolean asked = RequestWriter.asksForGzip(told.request());
        passedOver = !told.head(parser);
        if (asked && !passedOver && !body.isAtEnd() && isGzip(parser.fields())) {
            gzip = new GzipDecoder();
        }
    }

    private static boolean isGzip(Headers headers) {
        String coding = headers.first("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        return coding.equals("gzip") || coding.equals("x-gzip");
    }

    private boolean readBody(ByteBuffer in) throws HttpFailure {
        while (goesOn() && framing != null) {
            switch (body.decode(in)) {
                case DATA -> {
                    int count = body.run(in);
                    if (count == 0) {
                        deliver(in, 0); // what the decoder has left
                        return goesOn() && inputClosed && framing.kind() == Kind.UNTIL_CLOSE && end();
                    }
                    deliver(in, count);
                }
                case END -> {
                    deliver(in, 0);
                    return goesOn() && end();
                }
                case FAULT ->
                    throw body.fault() == 431
                            ? new HttpFailure(
                                    Reason.TOO_LONG,
                                    "the trailers of the body are longer than "
                                            + client.settings().headLimit() + " bytes")
                            : new HttpFailure(Reason.MALFORMED, "the chunks of the body are malformed, " + progress());
                default -> {
                    deliver(in, 0);
                    return false;
                }
            }
        }
        return false;
    }

    /** Presents so many bytes at the buffer's position, or as many of them as the call takes before it pauses. */
    private void deliver(ByteBuffer in, int count) throws HttpFailure {
        int limit = in.limit();
        int from = in.position();
        in.limit(from + count);
        if (gzip != null) {
            inflate(gzip, in);
        } else if (count > 0) {
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
            throw new IllegalStateException("No call is being answered");
        }
        return call;
    }

    boolean isInputClosed() {
        return inputClosed;
    }

    // ---- what was found, when it is whole

    boolean persists() {
        return framing != null && framing.persists();
    }

    boolean isPassedOver() {
        return passedOver;
    }

    Headers trailers() {
        FieldLines trailers = body.trailers();
        byte[] copy = new byte[trailers.to() - trailers.from()];
        trailers.bytes().get(trailers.from(), copy);
        return new FieldLines(ByteBuffer.wrap(copy), 0, copy.length);
    }

    // ---- how far it is

    boolean isInBody() {
        return framing != null;
    }

    /** {@code 10 of 100 bytes had come}. */
    String progress() {
        if (framing == null) {
            return "the head of the answer was not whole";
        }
        return framing.kind() == Kind.LENGTH
                ? received + " of " + framing.length() + " bytes had come"
                : received + " bytes had come";
    }
}
