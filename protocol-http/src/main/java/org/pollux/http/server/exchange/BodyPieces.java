package org.pollux.http.server.exchange;

import java.nio.ByteBuffer;
import org.pollux.http.BodyHandler;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.syntax.BodyEnd;
import org.pollux.http.wire.BodyDecoder;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/**
 * Presents the bytes of a body to a handler, piece by piece, or skips them. Bytes that the handler leaves are kept and
 * presented again in front of the next piece. A piece that is taken as a whole, as usual, is presented in place, without a
 * copy.
 */
final class BodyPieces {

    /** The result of a call. */
    enum Found {
        /** A piece was processed; there may be more. */
        PIECE,
        /** More bytes are needed. */
        NOTHING,
        END,
        FAULT
    }

    private final BodyDecoder decoder = new BodyDecoder();

    /** The bytes that the handler has left. */
    private final Bytes left = new Bytes(0);

    private long passedOver;

    /** Whether the end of the body is known: the wire has reported it, or need not report it. */
    private boolean told;

    private boolean ended;

    /** The fields behind a body whose end the wire has reported. */
    private FieldLines behind = FieldLines.NONE;

    void begin(BodyEnd end, long length, HttpSettings settings) {
        clear();
        told = end == BodyEnd.TOLD;
        ended = !told;
        switch (end) {
            case LENGTH -> decoder.beginLength(length);
            case CHUNKS -> {
                HeadLimits fields = settings.head();
                decoder.beginChunked(settings.body().most(), fields.head(), fields.fields());
            }
            case TOLD -> decoder.beginLength(Math.min(settings.body().most(), Long.MAX_VALUE - 1) + 1);
        }
    }

    /** Continues without a limit, until the end is reported. */
    void upgraded() {
        if (!told || !ended) {
            told = true;
            ended = false;
            behind = FieldLines.NONE;
            decoder.beginLength(Long.MAX_VALUE);
        }
    }

    /** Reports the end of a body: this many bytes follow, and then these fields. */
    void end(long following, FieldLines fields) {
        ended = true;
        behind = fields;
        decoder.beginLength(following);
    }

    /** Discards the left bytes. */
    void clear() {
        left.clear();
        passedOver = 0;
    }

    boolean isAtEnd() {
        return ended && decoder.isAtEnd();
    }

    /** The remaining bytes of the body, or of its current chunk, as far as known. */
    long remaining() {
        return decoder.remaining();
    }

    /** The status of the response after a fault. */
    int fault() {
        return told ? 413 : decoder.fault();
    }

    boolean hasTooManyFields() {
        return decoder.hasTooManyFields();
    }

    /** The fields behind the body, as a copy, so a handler that keeps them never sees those of another body. */
    FieldLines trailers() {
        return told ? behind : decoder.trailers().copy();
    }

    int leftUnread() {
        return left.size();
    }

    /** The number of skipped bytes. */
    long passedOver() {
        return passedOver;
    }

    /** Presents the bytes of the next piece that the buffer has. */
    Found present(ByteBuffer in, BodyHandler to) throws Exception {
        Found found = find(in);
        if (found != Found.PIECE) {
            return found;
        }
        int run = decoder.run(in);
        decoder.taken(run);
        if (left.size() > 0) {
            left.add(in, run);
            presentLeft(to);
        } else {
            presentInPlace(in, run, to);
        }
        return found;
    }

    private void presentInPlace(ByteBuffer in, int run, BodyHandler to) throws Exception {
        int end = in.position() + run;
        int limit = in.limit();
        in.limit(end);
        try {
            to.onData(in);
            int unread = Math.clamp(end - in.position(), 0, run);
            left.add(in.limit(end).position(end - unread));
        } finally {
            in.limit(limit).position(end);
        }
    }

    /** Presents the left bytes again. */
    void presentLeft(BodyHandler to) throws Exception {
        ByteBuffer all = left.content();
        int size = left.size();
        to.onData(all);
        left.remove(0, Math.clamp(all.position(), 0, size));
    }

    Found passOver(ByteBuffer in) {
        Found found = find(in);
        if (found == Found.PIECE) {
            int run = decoder.run(in);
            passedOver += run;
            in.position(in.position() + run);
            decoder.taken(run);
        }
        return found;
    }

    private Found find(ByteBuffer in) {
        return switch (decoder.decode(in)) {
            case DATA -> in.hasRemaining() ? Found.PIECE : Found.NOTHING;
            case END -> ended ? Found.END : Found.FAULT;
            case FAULT -> Found.FAULT;
            default -> Found.NOTHING;
        };
    }
}
