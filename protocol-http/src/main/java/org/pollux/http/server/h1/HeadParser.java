package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostField;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.Target;
import org.pollux.http.wire.Octets;

/**
 * Reads the head of a request (RFC 9112, sections 2 to 5) from bytes that come in pieces of any size. It reads each byte
 * once, and its result does not depend on the pieces.
 *
 * <pre>
 *   START ─CR─▶ EMPTY_LINE          one empty line in front of a request is skipped
 *     │             │
 *   token           LF
 *     ▼             │
 *   METHOD ◀────────┘
 *     │
 *     └─SP─▶ TARGET ─SP─▶ VERSION ─CR─▶ LINE_END ─LF─▶ FIELD ─CR─▶ HEAD_END ─LF─▶ DONE
 *                                                      │   ▲
 *                                                    token └──LF── VALUE_END ◀─CR─┐
 *                                                      ▼                          │
 *                                                    NAME ──────── : ─────────▶ VALUE
 * </pre>
 *
 * <p>Any other byte leads to FAULT, where the parser stays. {@link #fault} is the status of the response, and the following
 * bytes are not read. So line folding, a space before a colon, a lone CR or LF and a NUL are all refused: two servers in a
 * chain have read each of them in two ways. The meaning of a whole line is checked at its LF.
 */
final class HeadParser {

    enum State {
        START(0),
        EMPTY_LINE(0),
        METHOD(Octets.TOKEN),
        TARGET(Octets.TARGET),
        VERSION(0),
        LINE_END(0),
        FIELD(0),
        NAME(Octets.TOKEN),
        VALUE(Octets.TEXT),
        VALUE_END(0),
        HEAD_END(0),
        DONE(0),
        FAULT(0);

        /** The kind of bytes that belong to the state and do not end it. */
        final int inside;

        State(int inside) {
            this.inside = inside;
        }
    }

    private static final String VERSION = "HTTP/1.";

    /** The usual end of a request line, compared in one step. */
    private static final long USUAL_VERSION = 0x485454502F312E31L; // "HTTP/1.1"

    private static final short END_OF_LINE = 0x0D0A;
    private static final int MAJOR = VERSION.indexOf('1');

    private final HeadLimits limits;
    private final HeadLayout layout = new HeadLayout();
    private final Framing framing = new Framing(layout);
    private State state = State.START;

    /** The number of bytes that were read. All offsets here count from the first byte of the request line. */
    private int at;

    private int targetEnd;
    private int fieldsStart;
    private int fields;
    private int nameStart;
    private int nameEnd;
    private byte minorVersion;
    private short fault;

    HeadParser(HeadLimits limits) {
        this.limits = limits;
    }

    /** Prepares for the next head. */
    void reset() {
        state = State.START;
        at = 0;
        fieldsStart = 0;
        fields = 0;
        layout.reset();
        framing.reset();
    }

    /**
     * Continues with the head that begins at the buffer's position. Until the head is complete, all of it must be presented
     * again, with more bytes behind. Only an empty line in front of it is consumed.
     *
     * @return DONE when the head is complete, FAULT when it must be refused, any other state when more bytes are needed
     */
    State parse(ByteBuffer in) {
        while ((state == State.START || state == State.EMPTY_LINE) && in.hasRemaining()) {
            state = skipEmptyLine(in);
        }
        int start = in.position();
        while (at < in.remaining() && state != State.DONE && state != State.FAULT) {
            boolean inLine = fieldsStart == 0;
            int limit = inLine ? limits.requestLine() : limits.head();
            state = at == limit ? refuse(inLine ? 414 : 431) : next(in, start, start + Math.min(limit, in.remaining()));
        }
        return state;
    }

    private State skipEmptyLine(ByteBuffer in) {
        byte octet = in.get(in.position());
        if (state == State.START && octet != Octets.CR) {
            return State.METHOD;
        }
        in.get();
        if (state == State.START) {
            return State.EMPTY_LINE;
        }
        return octet == Octets.LF ? State.METHOD : refuse(400);
    }

    /** Skips the bytes that belong to the state, and moves on with the byte that ends it. */
    private State next(ByteBuffer in, int start, int end) {
        at = Octets.skip(state.inside, in, start + at, end) - start;
        if (start + at == end) {
            return state;
        }
        byte octet = in.get(start + at++);
        return switch (state) {
            case METHOD -> octet == ' ' && at > 1 ? methodRead(in, start) : refuse(400);
            case TARGET -> targetRead(in, start, end, octet);
            case VERSION -> versionRead(octet);
            case LINE_END -> octet == Octets.LF ? lineRead(in, start) : refuse(400);
            case FIELD -> fieldBegun(octet);
            case NAME -> octet == ':' ? nameRead() : refuse(400);
            case VALUE -> octet == Octets.CR ? State.VALUE_END : refuse(400);
            case VALUE_END -> octet == Octets.LF ? fieldRead(in, start) : refuse(400);
            case HEAD_END -> octet == Octets.LF ? headRead() : refuse(400);
            case START, EMPTY_LINE, DONE, FAULT -> throw new IllegalStateException(state.name());
        };
    }

    private State methodRead(ByteBuffer in, int start) {
        layout.method(Method.of(in, start, start + at - 1), at);
        return State.TARGET;
    }

    private State targetRead(ByteBuffer in, int start, int end, byte octet) {
        targetEnd = at - 1;
        boolean empty = targetEnd == layout.targetStart();
        if (!empty && octet == ' ') {
            return isUsualEnd(in, start + at, end) ? usualLineRead(in, start) : State.VERSION;
        }
        return refuse(!empty && octet == Octets.CR ? 426 : 400); // without a version it is HTTP/0.9
    }

    private static boolean isUsualEnd(ByteBuffer in, int from, int end) {
        return end - from >= Long.BYTES + Short.BYTES
                && in.getLong(from) == USUAL_VERSION
                && in.getShort(from + Long.BYTES) == END_OF_LINE;
    }

    private State usualLineRead(ByteBuffer in, int start) {
        minorVersion = 1;
        at += Long.BYTES + Short.BYTES;
        return lineRead(in, start);
    }

    /** A byte of {@code HTTP/1.1}, or of the text in its place. */
    private State versionRead(byte octet) {
        int index = at - targetEnd - 2;
        boolean digit = Octets.is(Octets.DIGIT, octet);
        if (index > VERSION.length()) {
            return octet == Octets.CR ? State.LINE_END : refuse(400);
        }
        if (index == VERSION.length()) {
            minorVersion = (byte) (octet - '0');
            return digit ? State.VERSION : refuse(400);
        }
        if (octet == VERSION.charAt(index)) {
            return State.VERSION;
        }
        return refuse(
                index == MAJOR && digit
                        ? 505
                        : 400); // the name of another protocol, or a name in lower case, is malformed
    }

    private State lineRead(ByteBuffer in, int start) {
        fieldsStart = at;
        layout.fields(minorVersion == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1, at);
        boolean path = layout.target(in, targetEnd);
        int from = start + layout.targetStart();
        int to = start + targetEnd;
        boolean valid = Target.hasValidAuthority(in, from, to) && (path || isOtherForm(in, from, to));
        return valid ? State.FIELD : refuse(400);
    }

    /** Whether a target without a path is valid for its method. An unknown method may have any target. */
    private boolean isOtherForm(ByteBuffer in, int from, int to) {
        return switch (layout.method()) {
            case OPTIONS -> Target.isAsterisk(in, from, to);
            case CONNECT -> HostField.isHostAndPort(in, from, to);
            default -> layout.method() == Method.UNKNOWN;
        };
    }

    private State fieldBegun(byte octet) {
        if (octet == Octets.CR) {
            return State.HEAD_END;
        }
        if (fields == limits.fields()) {
            fields++;
            return refuse(431);
        }
        fields++;
        nameStart = at - 1;
        return Octets.is(Octets.TOKEN, octet) ? State.NAME : refuse(400);
    }

    private State nameRead() {
        nameEnd = at - 1;
        return State.VALUE;
    }

    private State fieldRead(ByteBuffer in, int start) {
        int from = Octets.skipBlanks(in, start + nameEnd + 1, start + at - 2);
        int to = Octets.trimBlanks(in, from, start + at - 2);
        return framing.field(in, start + nameStart, start + nameEnd, from, to) ? State.FIELD : refuse(400);
    }

    private State headRead() {
        layout.end(at);
        framing.announceBody(minorVersion);
        return framing.isComplete(minorVersion) ? State.DONE : refuse(400);
    }

    private State refuse(int status) {
        fault = (short) status;
        return State.FAULT;
    }

    // ---- results

    /** Whether nothing of a request has arrived yet. */
    boolean isIdle() {
        return at == 0 && state != State.FAULT;
    }

    /** The status of the response, in FAULT. */
    int fault() {
        return fault;
    }

    /** Whether the reason is the number of its fields. */
    boolean hasTooManyFields() {
        return fields > limits.fields();
    }

    /** The positions of the parts of the head. Each is known as soon as it was read. */
    HeadLayout layout() {
        return layout;
    }

    /** 0 for HTTP/1.0; versions above 1 are treated like 1 (RFC 9110, section 2.5). */
    int minorVersion() {
        return minorVersion;
    }

    Framing framing() {
        return framing;
    }
}
