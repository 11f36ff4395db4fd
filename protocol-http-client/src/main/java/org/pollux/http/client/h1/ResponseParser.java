package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.FieldLines;
import org.pollux.http.wire.Octets;

/**
 * Reads the head of a response (RFC 9112, sections 4 and 5) from bytes that come in pieces of any size, line by line. The
 * result does not depend on the pieces.
 *
 * <p>It accepts three things that the server refuses in a request, because old servers send them: lines that end in LF
 * alone, empty lines before the status line, and folded fields, each of which becomes one line with spaces. Everything else
 * that could be read in two ways is refused, as in the server: a bare CR, a space before a colon, white space before the
 * first field.
 */
public final class ResponseParser {

    private static final String PREFIX = "HTTP/";

    /** The number of bytes that a failure shows of data that is not HTTP. */
    private static final int SHOWN = 32;

    /** Maximum field lines: each costs more memory than its bytes. */
    private static final int LINES = 500;

    /** Maximum empty lines before a status line. */
    private static final int EMPTY_LINES = 8;

    private final int limit;

    /** Like all positions here, it is counted from the first byte of the head. */
    private int lineStart;

    private int scanned;
    private int fieldsStart;
    private int lines;
    private int emptyLines;

    /** Whether a line was folded or ended in LF alone: the fields must then be rewritten. */
    private boolean irregular;

    private int status;
    private int minorVersion;
    private String reason = "";
    private FieldLines fields = FieldLines.NONE;

    /** The values of the fields that determine the end of the body. */
    private final List<String> connection = new ArrayList<>(1);

    private final List<String> lengths = new ArrayList<>(1);
    private final List<String> codings = new ArrayList<>(1);

    public ResponseParser(int limit) {
        this.limit = limit;
    }

    /** Prepares for the next head. */
    public void reset() {
        lineStart = 0;
        scanned = 0;
        fieldsStart = 0;
        lines = 0;
        emptyLines = 0;
        irregular = false;
        fields = FieldLines.NONE;
        connection.clear();
        lengths.clear();
        codings.clear();
    }

    /**
     * Continues with the head that begins at the buffer's position. Until the head is complete, all of it must be presented
     * again with more bytes after it.
     *
     * @return whether the head is complete; it is then taken from the buffer
     * @throws HttpFailure if the bytes are not a head, or the head is malformed or too long
     */
    public boolean parse(ByteBuffer in) throws HttpFailure {
        if (!skipEmptyLines(in)) {
            return false;
        }
        int start = in.position();
        requireHttp(in, start);
        while (true) {
            int end = Math.min(in.limit(), start + limit);
            int at = Octets.findLineFeed(in, start + scanned, end);
            scanned = at - start;
            if (at >= end) { // beyond the end when nothing is presented
                if (scanned == limit) {
                    throw new HttpFailure(
                            Reason.TOO_LONG, "the head of the response is longer than " + limit + " bytes");
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

    /** Takes empty lines from the buffer; false when only a CR remains. */
    private boolean skipEmptyLines(ByteBuffer in) throws HttpFailure {
        while (scanned == 0 && in.hasRemaining()) {
            int at = in.position();
            boolean cr = in.get(at) == Octets.CR;
            if (cr && in.remaining() == 1) {
                return false;
            }
            int lf = cr ? at + 1 : at;
            if (in.get(lf) != Octets.LF) {
                return true;
            }
            if (++emptyLines > EMPTY_LINES) {
                throw new HttpFailure(
                        Reason.MALFORMED, "more than " + EMPTY_LINES + " empty lines precede the response");
            }
            in.position(lf + 1);
        }
        return true;
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
        return new HttpFailure(Reason.NOT_HTTP, "not HTTP/1.x: the response begins with '" + shown + "'");
    }

    /** Reads a line up to its LF. Returns whether it was the empty line. */
    private boolean line(ByteBuffer in, int start, int from, int lf) throws HttpFailure {
        boolean crLf = lf > from && in.get(lf - 1) == Octets.CR;
        int to = crLf ? lf - 1 : lf;
        irregular |= !crLf;
        if (fieldsStart == 0) {
            statusLine(in, from, to);
            fieldsStart = scanned;
            return false;
        }
        if (from == to) {
            end(in, start + fieldsStart, from);
            return true;
        }
        if (++lines > LINES) {
            throw new HttpFailure(Reason.TOO_LONG, "the head of the response has more than " + LINES + " lines");
        }
        if (Octets.isBlank(in.get(from))) {
            fold(in, start, from, to);
        } else {
            field(in, from, to);
        }
        return false;
    }

    /** All lines have come: the empty line begins at that position. */
    private void end(ByteBuffer in, int from, int to) {
        if (!irregular) {
            fields = copy(in, from, to);
            return;
        }
        fields = Unfolded.lines(in, from, to);
        replace(connection, "Connection");
        replace(lengths, "Content-Length");
        replace(codings, "Transfer-Encoding");
    }

    private void replace(List<String> values, String name) {
        values.clear();
        values.addAll(fields.all(name));
    }

    private void fold(ByteBuffer in, int start, int from, int to) throws HttpFailure {
        if (from == start + fieldsStart) {
            throw malformed("white space precedes the first field", in, from, to);
        }
        requireText(in, from, to);
        irregular = true;
    }

    private void field(ByteBuffer in, int from, int to) throws HttpFailure {
        int colon = Octets.skip(Octets.TOKEN, in, from, to);
        if (colon == from || colon == to || in.get(colon) != ':') {
            throw malformed("a field begins with no name and colon", in, from, to);
        }
        requireText(in, colon + 1, to);
        switch (colon - from) {
            case 10 -> keep(connection, "Connection", in, from, colon, to);
            case 14 -> keep(lengths, "Content-Length", in, from, colon, to);
            case 17 -> keep(codings, "Transfer-Encoding", in, from, colon, to);
            default -> {}
        }
    }

    private static void requireText(ByteBuffer in, int from, int to) throws HttpFailure {
        if (Octets.skip(Octets.TEXT, in, from, to) != to) {
            throw malformed("a field has a control character", in, from, to);
        }
    }

    private static void keep(List<String> values, String name, ByteBuffer in, int from, int colon, int to) {
        if (Octets.equalsIgnoreCase(in, from, colon, name)) {
            values.add(Octets.trimmed(in, colon + 1, to));
        }
    }

    /**
     * {@code HTTP/1.1 200 OK}; many servers without a reason also leave out the space. Any three digits are a status
     * (section 4): values outside 100 to 599 are treated like 5xx (RFC 9110, section 15).
     */
    private void statusLine(ByteBuffer in, int from, int to) throws HttpFailure {
        int digit = from + PREFIX.length() + "1.".length();
        if (digit >= to || !Octets.equals(in, from, digit, PREFIX + "1.") || !isDigit(in, digit)) {
            throw notHttp(in, from, to);
        }
        int code = digit + 2;
        int codeEnd = Octets.skip(Octets.DIGIT, in, Math.min(code, to), to);
        if (in.get(digit + 1) != ' '
                || codeEnd - code != 3
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

    // ---- the result

    public int status() {
        return status;
    }

    /** Whether this is an interim head (1xx) before the final response. */
    public boolean isInterim() {
        return status >= 100 && status < 200;
    }

    /** Whether a part of a head has come, but not all of it. */
    boolean hasBegun() {
        return scanned > 0;
    }

    public String reason() {
        return reason;
    }

    /** 0 for HTTP/1.0; values above 1 are treated like 1 (RFC 9110, section 2.5). */
    int minorVersion() {
        return minorVersion;
    }

    /** The version as responses tell it. */
    String version() {
        return minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1";
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

    /** A copy that remains valid. */
    public FieldLines fields() {
        return fields;
    }
}
