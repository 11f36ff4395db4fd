package org.pollux.http.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;

/**
 * Reads the head of an answer (RFC 9112, sections 4 and 5) from bytes that come in pieces of any size, line by line; it
 * finds the same whatever the pieces are. As the server does, it refuses what could be read in two ways: bare CR and LF,
 * folded lines, a space before a colon.
 */
final class ResponseParser {

    private static final String PREFIX = "HTTP/";

    /** Bytes of what is no HTTP that a failure shows. */
    private static final int SHOWN = 32;

    private final int limit;

    /** As all places here it is counted from the first byte of the head. */
    private int lineStart;

    private int scanned;
    private int fieldsStart;
    private int status;
    private int minorVersion;
    private String reason = "";
    private FieldLines fields = FieldLines.NONE;

    /** The values of the fields that say where the body ends. */
    private final List<String> connection = new ArrayList<>(1);

    private final List<String> lengths = new ArrayList<>(1);
    private final List<String> codings = new ArrayList<>(1);

    ResponseParser(int limit) {
        this.limit = limit;
    }

    /** Makes ready for the next head. */
    void reset() {
        lineStart = 0;
        scanned = 0;
        fieldsStart = 0;
        fields = FieldLines.NONE;
        connection.clear();
        lengths.clear();
        codings.clear();
    }

    /**
     * Goes on with the head that begins at the buffer's position: as long as it is not whole, all of it must be presented
     * again with more behind.
     *
     * @return whether it is whole; it is taken from the buffer then
     * @throws HttpFailure when it is no head, a malformed or too long one
     */
    boolean parse(ByteBuffer in) throws HttpFailure {
        int start = in.position();
        requireHttp(in, start);
        while (true) {
            int end = Math.min(in.limit(), start + limit);
            int at = Octets.findLineFeed(in, start + scanned, end);
            scanned = at - start;
            if (at >= end) { // beyond it when nothing is presented
                if (scanned == limit) {
                    throw new HttpFailure(Reason.TOO_LONG, "the head of the answer is longer than " + limit + " bytes");
                }
                return false;
            }
            scanned++;
            boolean last = line(in, start, start + lineStart, at);
            lineStart = scanned;
            if (last) {
                in.position(start + lineStart);
                return true;
            }
        }
    }

    private static void requireHttp(ByteBuffer in, int start) throws HttpFailure {
        for (int i = 0; i < PREFIX.length() && start + i < in.limit(); i++) {
            if (in.get(start + i) != PREFIX.charAt(i)) {
                throw notHttp(in, start, in.limit());
            }
        }
    }

    private static HttpFailure notHttp(ByteBuffer in, int start, int end) {
        StringBuilder shown = new StringBuilder(SHOWN);
        for (int at = start; at < end && shown.length() < SHOWN; at++) {
            shown.append(Octets.is(Octets.VISIBLE, in.get(at)) || in.get(at) == ' ' ? (char) in.get(at) : '.');
        }
        return new HttpFailure(Reason.NOT_HTTP, "not HTTP/1.x: the answer begins with '" + shown + "'");
    }

    /** A line up to its LF; whether it was the empty one. */
    private boolean line(ByteBuffer in, int start, int from, int lf) throws HttpFailure {
        if (lf == from || in.get(lf - 1) != Octets.CR) {
            throw malformed("a line of the head ends in LF without CR", in, from, lf);
        }
        int to = lf - 1;
        if (fieldsStart == 0) {
            statusLine(in, from, to);
            fieldsStart = scanned;
            return false;
        }
        if (from == to) {
            fields = copy(in, start + fieldsStart, from);
            return true;
        }
        int colon = Octets.skip(Octets.TOKEN, in, from, to);
        if (colon == from || colon == to || in.get(colon) != ':') {
            throw malformed("a field begins with no name and colon", in, from, to);
        }
        if (Octets.skip(Octets.TEXT, in, colon + 1, to) != to) {
            throw malformed("a field has a control character", in, from, to);
        }
        switch (colon - from) {
            case 10 -> keep(connection, "Connection", in, from, colon, to);
            case 14 -> keep(lengths, "Content-Length", in, from, colon, to);
            case 17 -> keep(codings, "Transfer-Encoding", in, from, colon, to);
            default -> {}
        }
        return false;
    }

    private static void keep(List<String> values, String name, ByteBuffer in, int from, int colon, int to) {
        if (Octets.equalsIgnoreCase(in, from, colon, name)) {
            values.add(Octets.trimmed(in, colon + 1, to));
        }
    }

    /** {@code HTTP/1.1 200 OK}; without a reason many leave out the space, too. */
    private void statusLine(ByteBuffer in, int from, int to) throws HttpFailure {
        int digit = from + PREFIX.length() + "1.".length();
        if (digit >= to || !Octets.equals(in, from, digit, PREFIX + "1.") || !isDigit(in, digit)) {
            throw notHttp(in, from, to);
        }
        int code = digit + 2;
        int codeEnd = Octets.skip(Octets.DIGIT, in, Math.min(code, to), to);
        if (in.get(digit + 1) != ' '
                || codeEnd - code != 3
                || in.get(code) < '1'
                || in.get(code) > '5'
                || (codeEnd < to && in.get(codeEnd) != ' ')
                || Octets.skip(Octets.TEXT, in, codeEnd, to) != to) {
            throw malformed("the status line is malformed", in, from, to);
        }
        minorVersion = in.get(digit) - '0';
        status = Integer.parseInt(Octets.string(in, code, codeEnd));
        reason = codeEnd < to ? Octets.string(in, codeEnd + 1, to) : "";
    }

    private static boolean isDigit(ByteBuffer in, int at) {
        return Octets.is(Octets.DIGIT, in.get(at));
    }

    private static HttpFailure malformed(String problem, ByteBuffer in, int from, int to) {
        String line = Octets.string(in, from, Math.min(to, from + 2 * SHOWN)).replaceAll("[^ -~]", ".");
        return new HttpFailure(Reason.MALFORMED, problem + ": '" + line + "'");
    }

    private static FieldLines copy(ByteBuffer in, int from, int to) {
        byte[] lines = new byte[to - from];
        in.get(from, lines);
        return new FieldLines(ByteBuffer.wrap(lines), 0, lines.length);
    }

    // ---- what was found

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** 0 for HTTP/1.0; higher ones than 1 are treated like 1 (RFC 9110, section 2.5). */
    int minorVersion() {
        return minorVersion;
    }

    List<String> connection() {
        return connection;
    }

    List<String> lengths() {
        return lengths;
    }

    List<String> codings() {
        return codings;
    }

    /** A copy, valid for ever. */
    FieldLines fields() {
        return fields;
    }
}
