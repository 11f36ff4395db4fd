package org.pollux.http.client.exchange;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;

/**
 * Decodes gzip (RFC 1952) piece by piece, including several members in a row.
 *
 * <pre>
 *   HEADER ─▶ [ EXTRA_LENGTH ─▶ EXTRA ] ─▶ [ NAME ] ─▶ [ COMMENT ] ─▶ [ HEADER_CRC ] ─▶ DATA ─▶ TRAILER ─▶ HEADER
 * </pre>
 */
public final class GzipDecoder implements AutoCloseable {

    private enum State {
        HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DATA,
        TRAILER
    }

    private static final int HEADER_LENGTH = 10;
    private static final int TRAILER_LENGTH = 8;

    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private State state = State.HEADER;
    private int flags;

    /** Bytes of the current part that were taken. */
    private int count;

    /** A number of the current part, least significant byte first. */
    private long number;

    /**
     * Reads from one buffer and writes to the other, until the other is full or the first is empty.
     *
     * @throws HttpFailure if the data is not gzip, or is damaged
     */
    public void decode(ByteBuffer in, ByteBuffer out) throws HttpFailure {
        while (out.hasRemaining()) {
            if (state == State.DATA) {
                if (!inflate(in, out)) {
                    return;
                }
            } else if (in.hasRemaining()) {
                take(in.get() & 0xFF);
            } else {
                return;
            }
        }
    }

    /** Whether a member is complete and nothing has come after it. An empty body is not gzip, and is valid. */
    public boolean isComplete() {
        return state == State.HEADER && count == 0;
    }

    /** False when more is needed. */
    private boolean inflate(ByteBuffer in, ByteBuffer out) throws HttpFailure {
        inflater.setInput(in);
        int from = out.position();
        try {
            inflater.inflate(out);
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        crc.update(out.duplicate().limit(out.position()).position(from));
        if (inflater.finished()) {
            enter(State.TRAILER);
            return true;
        }
        if (inflater.needsDictionary()) {
            throw damaged("it wants a dictionary");
        }
        return in.hasRemaining() || out.position() > from;
    }

    private void take(int octet) throws HttpFailure {
        number |= count < Long.BYTES ? (long) octet << (8 * count) : 0;
        count++;
        switch (state) {
            case HEADER -> header(octet);
            case EXTRA_LENGTH -> {
                if (count == 2) {
                    int length = (int) number;
                    enter(length == 0 ? after(HAS_EXTRA) : State.EXTRA);
                    count = -length;
                }
            }
            case EXTRA -> {
                if (count == 0) {
                    enter(after(HAS_EXTRA));
                }
            }
            case NAME -> endText(octet, HAS_NAME);
            case COMMENT -> endText(octet, HAS_COMMENT);
            case HEADER_CRC -> {
                if (count == 2) {
                    enter(State.DATA);
                }
            }
            case TRAILER -> {
                if (count == TRAILER_LENGTH) {
                    endMember();
                }
            }
            case DATA -> throw new IllegalStateException(state.name());
        }
    }

    private void header(int octet) throws HttpFailure {
        boolean valid = switch (count) {
            case 1 -> octet == 0x1F;
            case 2 -> octet == 0x8B;
            case 3 -> octet == 8;
            default -> true;
        };
        if (!valid) {
            throw damaged("it does not begin like gzip");
        }
        if (count == 4) {
            flags = octet;
        }
        if (count == HEADER_LENGTH) {
            enter((flags & HAS_EXTRA) != 0 ? State.EXTRA_LENGTH : after(HAS_EXTRA));
        }
    }

    private void endText(int octet, int part) {
        if (octet == 0) {
            enter(after(part));
        }
    }

    /** The part that follows that part of a header. */
    private State after(int part) {
        if (part < HAS_NAME && (flags & HAS_NAME) != 0) {
            return State.NAME;
        }
        if (part < HAS_COMMENT && (flags & HAS_COMMENT) != 0) {
            return State.COMMENT;
        }
        return (flags & HAS_HEADER_CRC) != 0 ? State.HEADER_CRC : State.DATA;
    }

    private void endMember() throws HttpFailure {
        long expected = crc.getValue() | (inflater.getBytesWritten() & 0xFFFF_FFFFL) << 32;
        if (number != expected) {
            throw damaged("its checksum or length is wrong");
        }
        crc.reset();
        inflater.reset();
        enter(State.HEADER);
    }

    private void enter(State next) {
        state = next;
        count = 0;
        number = 0;
    }

    private static HttpFailure damaged(String problem) {
        return new HttpFailure(Reason.MALFORMED, "the gzip of the body is damaged: " + problem);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
