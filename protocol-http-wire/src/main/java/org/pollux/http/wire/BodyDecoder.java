package org.pollux.http.wire;

import java.nio.ByteBuffer;

/**
 * Finds the bytes of a body, and its end, in what follows a head (RFC 9112, sections 6 and 7). It takes the framing from the
 * buffer and leaves the body's own bytes to its caller. The result does not depend on the pieces.
 *
 * <pre>
 *   by length:    DATA ─ all taken ─▶ END
 *
 *   in chunks:    SIZE_START ─HEX─▶ SIZE ─CR─▶ SIZE_END ─LF─▶ DATA ─ all taken ─▶ DATA_CR ─CR─▶ DATA_END ─LF─▶ SIZE_START
 *                                  │ ▲  ▲          │
 *                                  ;  └──┐         └─ LF, and the size was 0 ─▶ TRAILER ─CR─▶ LAST_END ─LF─▶ END
 *                                  ▼     │                                       │   ▲
 *                      EXTENSION_START   │ (CR as from SIZE, ; again)          token └────LF──── VALUE_END ◀─CR─┐
 *                             │token     │                                       ▼                              │
 *                             ▼          │                                      NAME ──────────── : ─────────▶ VALUE
 *                         EXTENSION ─────┤
 *                             │ =        │
 *                             ▼          │
 *                        PARAMETER_START ─token─▶ PARAMETER ─────┤
 *                             │ "                                │
 *                             ▼                                  │
 *                          QUOTED ─"─▶ QUOTED_END ───────────────┘
 *                            │ ▲
 *                            \ any
 *                            ▼ │
 *                          ESCAPED
 * </pre>
 *
 * <p>Any other byte leads to FAULT, where the decoder stays: {@link #fault} is the status to refuse with. White space
 * between the parts of a chunk's first line, which RFC 9112 only tolerates, is a fault like a bare LF or CR, because chained
 * servers have disagreed on them.
 *
 * <p>In a response, the fields after the chunks may also be folded, and their lines may end in LF alone: see
 * {@link #beginChunkedResponse}.
 *
 * <pre>
 *   TRAILER ─ space or tab, and a field is there ─▶ FOLD ─ any other ─▶ as in VALUE
 *   VALUE ─LF─▶ TRAILER        TRAILER ─LF─▶ END
 * </pre>
 *
 * <p>It is one state machine, so it is one file.
 */
public final class BodyDecoder {

    public enum State {
        SIZE_START(0),
        SIZE(0),
        EXTENSION_START(0),
        EXTENSION(Octets.TOKEN),
        PARAMETER_START(0),
        PARAMETER(Octets.TOKEN),
        QUOTED(0),
        ESCAPED(0),
        QUOTED_END(0),
        SIZE_END(0),
        DATA(0),
        DATA_CR(0),
        DATA_END(0),
        TRAILER(0),
        NAME(Octets.TOKEN),
        VALUE(Octets.TEXT),
        VALUE_END(0),
        FOLD(0),
        LAST_END(0),
        END(0),
        FAULT(0);

        /** The kind of bytes that belong to the state without ending it. */
        final int inside;

        State(int inside) {
            this.inside = inside;
        }

        boolean isTrailer() {
            return this == NAME || this == VALUE || this == VALUE_END;
        }
    }

    /** Hexadecimal digits of a size, without leading zeros; a long has no more. */
    private static final int SIZE_DIGITS = 15;

    /**
     * Maximum bytes of all extensions and leading zeros of a body. They have no use, and the limit ends an endless sequence.
     */
    private static final int EXTENSIONS = 16 * 1024;

    private final Bytes trailers = new Bytes(0);
    private State state = State.END;
    private boolean chunked;

    /** Bytes that are still missing: of the whole body, or of this chunk. */
    private long remaining;

    private int digits;
    private int extensions;

    /** Bytes of the body that may still come, beyond those of this chunk. */
    private long allowed;

    private int trailerLimit;

    /** Whether obsolete forms of the fields after the chunks are accepted. */
    private boolean lenient;

    private int fieldLimit;
    private int fields;
    private int fault;

    /** Begins with a body of that length. */
    public void beginLength(long length) {
        chunked = false;
        remaining = length;
        state = length == 0 ? State.END : State.DATA;
    }

    /**
     * Begins with a body in chunks.
     *
     * @param limit maximum bytes of the body; a longer one is a fault with status 413
     * @param trailers maximum bytes of the fields after the body; longer ones are a fault with status 431
     */
    public void beginChunked(long limit, int trailers) {
        beginChunked(limit, trailers, Integer.MAX_VALUE);
    }

    /**
     * Begins with a body in chunks.
     *
     * @param limit maximum bytes of the body; a longer one is a fault with status 413
     * @param trailers maximum bytes of the fields after the body; longer ones are a fault with status 431
     * @param most maximum number of fields after the body; more are a fault with status 431
     */
    public void beginChunked(long limit, int trailers, int most) {
        lenient = false;
        chunked = true;
        remaining = 0;
        digits = 0;
        extensions = 0;
        allowed = limit;
        trailerLimit = trailers;
        fieldLimit = most;
        fields = 0;
        this.trailers.clear();
        state = State.SIZE_START;
    }

    /**
     * Begins with the body of a response in chunks. Its trailers are read as a user agent reads the fields of a head
     * (RFC 9112, sections 2.2 and 5.2): a folded line becomes one line with spaces, and LF alone ends a line. Chunks are
     * as strict as those of a request. The limits are those of {@link #beginChunked}.
     */
    public void beginChunkedResponse(long limit, int trailers) {
        beginChunked(limit, trailers);
        lenient = true;
    }

    /**
     * Takes framing from the buffer.
     *
     * @return DATA when bytes of the body are next, even if the buffer is empty; END; FAULT; any other state when more bytes
     *     are needed
     */
    public State decode(ByteBuffer in) {
        while (in.hasRemaining() && state != State.DATA && state != State.END && state != State.FAULT) {
            state = state.inside == 0 ? next(in.get()) : pass(in);
        }
        return state;
    }

    /** In DATA, the number of bytes at the buffer's position that belong to the body. */
    public int run(ByteBuffer in) {
        return (int) Math.min(remaining, in.remaining());
    }

    /** The caller has taken that many bytes of the body from the buffer. */
    public void taken(int count) {
        remaining -= count;
        if (remaining == 0) {
            state = chunked ? State.DATA_CR : State.END;
        }
    }

    /** Skips the bytes that belong to the state, and changes the state by the byte that ends it. */
    private State pass(ByteBuffer in) {
        int from = in.position();
        int end = Octets.skip(state.inside, in, from, in.limit());
        if (end > from && !keep(in, from, end)) {
            return refuse(state.isTrailer() ? 431 : 400);
        }
        in.position(end);
        return end == in.limit() ? state : next(in.get());
    }

    /** Keeps trailers, and counts extensions. False when there are too many of them. */
    private boolean keep(ByteBuffer in, int from, int end) {
        if (!state.isTrailer()) {
            extensions += end - from;
            return extensions <= EXTENSIONS;
        }
        if (trailers.size() + end - from > trailerLimit) {
            return false;
        }
        for (int at = from; at < end; at++) {
            trailers.add(in.get(at));
        }
        return true;
    }

    private State next(byte octet) {
        return switch (state) {
            case SIZE_START -> Octets.is(Octets.HEX, octet) ? digit(octet) : refuse(400);
            case SIZE -> Octets.is(Octets.HEX, octet) ? digit(octet) : sizeEnded(octet);
            case EXTENSION_START -> Octets.is(Octets.TOKEN, octet) ? State.EXTENSION : refuse(400);
            case EXTENSION -> octet == '=' ? State.PARAMETER_START : sizeEnded(octet);
            case PARAMETER_START -> parameterBegun(octet);
            case PARAMETER, QUOTED_END -> sizeEnded(octet);
            case QUOTED -> quoted(octet);
            case ESCAPED -> Octets.is(Octets.TEXT, octet) ? State.QUOTED : refuse(400);
            case SIZE_END -> octet == Octets.LF ? lineRead() : refuse(400);
            case DATA_CR -> octet == Octets.CR ? State.DATA_END : refuse(400);
            case DATA_END -> octet == Octets.LF ? chunkRead() : refuse(400);
            case TRAILER -> trailerBegun(octet);
            case NAME -> octet == ':' ? kept(octet, State.VALUE) : refuse(400);
            case VALUE -> valueEnded(octet);
            case FOLD -> folded(octet);
            case VALUE_END -> octet == Octets.LF ? kept(octet, State.TRAILER) : refuse(400);
            case LAST_END -> octet == Octets.LF ? State.END : refuse(400);
            case DATA, END, FAULT -> throw new IllegalStateException(state.name());
        };
    }

    private State digit(byte octet) {
        boolean leadingZero = octet == '0' && remaining == 0;
        if (leadingZero ? ++extensions > EXTENSIONS : ++digits > SIZE_DIGITS) {
            return refuse(400);
        }
        remaining = remaining << 4 | Character.digit(octet, 16);
        return State.SIZE;
    }

    private State sizeEnded(byte octet) {
        if (octet == ';') {
            return ++extensions > EXTENSIONS ? refuse(400) : State.EXTENSION_START;
        }
        return octet == Octets.CR ? State.SIZE_END : refuse(400);
    }

    private State parameterBegun(byte octet) {
        if (octet == '"') {
            return State.QUOTED;
        }
        return Octets.is(Octets.TOKEN, octet) ? State.PARAMETER : refuse(400);
    }

    private State quoted(byte octet) {
        if (++extensions > EXTENSIONS) {
            return refuse(400);
        }
        return switch (octet) {
            case '"' -> State.QUOTED_END;
            case '\\' -> State.ESCAPED;
            default -> Octets.is(Octets.TEXT, octet) ? State.QUOTED : refuse(400);
        };
    }

    private State lineRead() {
        if (remaining > allowed) {
            return refuse(413);
        }
        allowed -= remaining;
        return remaining == 0 ? State.TRAILER : State.DATA;
    }

    private State chunkRead() {
        digits = 0;
        return State.SIZE_START;
    }

    private State trailerBegun(byte octet) {
        if (octet == Octets.CR) {
            return State.LAST_END;
        }
        if (lenient && octet == Octets.LF) {
            return State.END;
        }
        if (lenient && Octets.isBlank(octet) && trailers.size() > 0) {
            Octets.fold(trailers.content());
            return kept((byte) ' ', State.FOLD);
        }
        if (!Octets.is(Octets.TOKEN, octet)) {
            return refuse(400);
        }
        return ++fields > fieldLimit ? refuse(431) : kept(octet, State.NAME);
    }

    private State valueEnded(byte octet) {
        if (lenient && octet == Octets.LF) {
            return kept(Octets.CR, State.VALUE) == State.FAULT ? State.FAULT : kept(octet, State.TRAILER);
        }
        return octet == Octets.CR ? kept(octet, State.VALUE_END) : refuse(400);
    }

    /** Blanks at the start of a folded line become spaces, one for one, so that they count against the limit. */
    private State folded(byte octet) {
        if (Octets.isBlank(octet)) {
            return kept((byte) ' ', State.FOLD);
        }
        return Octets.is(Octets.TEXT, octet) ? kept(octet, State.VALUE) : valueEnded(octet);
    }

    private State kept(byte octet, State then) {
        if (trailers.size() == trailerLimit) {
            return refuse(431);
        }
        trailers.add(octet);
        return then;
    }

    private State refuse(int status) {
        fault = status;
        return State.FAULT;
    }

    // ---- the result

    public boolean isAtEnd() {
        return state == State.END;
    }

    /** In FAULT, the status to refuse with. */
    public int fault() {
        return fault;
    }

    /** Whether the fault is the number of fields after the body. */
    public boolean hasTooManyFields() {
        return fields > fieldLimit;
    }

    /** Bytes that are still missing, as far as known: of the body, or of its current chunk. */
    public long remaining() {
        return remaining;
    }

    public boolean isChunked() {
        return chunked;
    }

    /** In END, the fields after the body. */
    public FieldLines trailers() {
        return chunked && trailers.size() > 0
                ? new FieldLines(trailers.content(), 0, trailers.size())
                : FieldLines.NONE;
    }
}
