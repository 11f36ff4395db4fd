package org.pollux.http.server.h1;

import java.nio.ByteBuffer;
import org.pollux.http.server.syntax.BodyEnd;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostField;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.wire.Octets;

/**
 * Determines from the fields of a head where its message ends and whether the connection persists (RFC 9112, sections 3.2,
 * 6 and 9.3). Everything on which two recipients could disagree is malformed.
 */
final class Framing {

    /** The value of {@code Transfer-Encoding}. */
    private enum Coding {
        NONE,
        CHUNKED,
        /** Another coding, in chunks: the end of the message is known, but its content is not. */
        OTHER_CHUNKED,
        /** Another coding: the end of the message is unknown (RFC 9112, section 6.3). */
        OTHER
    }

    /** The value of {@code Expect} (RFC 9110, section 10.1.1). */
    private enum Expectation {
        NONE,
        CONTINUE,
        UNKNOWN
    }

    private static final long NONE = -1;
    private static final String CHUNKED = "chunked";

    private final HeadLayout layout;
    private long contentLength = NONE;
    private Coding coding = Coding.NONE;
    private Expectation expectation = Expectation.NONE;
    private boolean host;
    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;

    /** Writes the parts that exchanges and routes need into a layout. */
    Framing(HeadLayout layout) {
        this.layout = layout;
    }

    void reset() {
        contentLength = NONE;
        coding = Coding.NONE;
        expectation = Expectation.NONE;
        host = false;
        close = false;
        keepAlive = false;
        upgrade = false;
    }

    /** Evaluates a field. The range of the value excludes the blanks around it. False when the field is malformed. */
    boolean field(ByteBuffer in, int nameFrom, int nameTo, int from, int to) {
        return switch (nameTo - nameFrom) {
            case 4 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Host") || host(in, from, to);
            case 6 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Expect") || expectation(in, from, to);
            case 10 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Connection") || options(in, from, to);
            case 14 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Content-Length") || length(in, from, to);
            case 17 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Transfer-Encoding") || coding(in, from, to);
            default -> true;
        };
    }

    /** Called at the end of the head. False when a field is missing, or does not exist in this version. */
    boolean isComplete(int minorVersion) {
        return minorVersion == 0 ? coding == Coding.NONE : host && coding != Coding.OTHER;
    }

    boolean persists(int minorVersion) {
        return !close && (minorVersion > 0 || keepAlive);
    }

    /** Whether the body is in chunks; otherwise it has a length. */
    boolean isChunked() {
        return coding == Coding.CHUNKED;
    }

    /** Whether the body is encoded in a way that this server cannot undo. */
    boolean hasUnknownCoding() {
        return coding == Coding.OTHER_CHUNKED;
    }

    boolean hasUnknownExpectation(int minorVersion) {
        return expectation == Expectation.UNKNOWN && minorVersion > 0;
    }

    /** The length of the body; 0 when none is announced. */
    long contentLength() {
        return Math.max(contentLength, 0);
    }

    /** Called at the end of the head. An HTTP/1.0 client cannot hold its body back. */
    void announceBody(int minorVersion) {
        boolean waits = expectation == Expectation.CONTINUE && minorVersion > 0;
        if (isChunked()) {
            layout.body(BodyEnd.CHUNKS, -1, waits);
        } else {
            layout.body(BodyEnd.LENGTH, contentLength(), waits);
            if (upgrade && minorVersion > 0 && contentLength() == 0 && layout.method() == Method.GET) {
                layout.upgradable();
            }
        }
    }

    private boolean host(ByteBuffer in, int from, int to) {
        boolean first = !host;
        host = true;
        layout.host(from - in.position(), to - in.position());
        return first && HostField.isValid(in, from, to);
    }

    /** A list, even of equal lengths, is refused. */
    private boolean length(ByteBuffer in, int from, int to) {
        if (contentLength != NONE || coding != Coding.NONE || from == to) {
            return false;
        }
        long length = 0;
        for (int at = from; at < to; at++) {
            int digit = in.get(at) - '0';
            if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
                return false;
            }
            length = length * 10 + digit;
        }
        contentLength = length;
        return true;
    }

    /** Chunks come last and once: nothing may follow them, in the same field or in another. */
    private boolean coding(ByteBuffer in, int from, int to) {
        if (contentLength != NONE || isChunked() || hasUnknownCoding()) {
            return false;
        }
        int last = to - CHUNKED.length();
        boolean chunked = last >= from && Octets.equalsIgnoreCase(in, last, to, CHUNKED);
        if (chunked && last == from) {
            coding = coding == Coding.NONE ? Coding.CHUNKED : Coding.OTHER_CHUNKED;
        } else {
            boolean separate = chunked && !Octets.is(Octets.TOKEN, in.get(last - 1));
            coding = separate ? Coding.OTHER_CHUNKED : Coding.OTHER;
        }
        return true;
    }

    private boolean expectation(ByteBuffer in, int from, int to) {
        boolean known = expectation != Expectation.UNKNOWN && Octets.equalsIgnoreCase(in, from, to, "100-continue");
        expectation = known ? Expectation.CONTINUE : Expectation.UNKNOWN;
        return true;
    }

    /** A list of options, separated by commas; empty ones are allowed (RFC 9110, section 5.6.1). */
    private boolean options(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to) {
            int start = Octets.skipBlanks(in, at, to);
            int end = Octets.skip(Octets.TOKEN, in, start, to);
            close |= Octets.equalsIgnoreCase(in, start, end, "close");
            keepAlive |= Octets.equalsIgnoreCase(in, start, end, "keep-alive");
            upgrade |= Octets.equalsIgnoreCase(in, start, end, "upgrade");
            at = Octets.skipBlanks(in, end, to);
            if (at < to && in.get(at++) != ',') {
                return false;
            }
        }
        return true;
    }
}
