package org.pollux.http.server;

import java.nio.ByteBuffer;

/**
 * What the fields of a head say about where its message ends and whether the connection goes on (RFC 9112, sections 3.2,
 * 6 and 9.3). Everything on which two recipients could disagree is malformed here.
 */
final class Framing {

    private static final long NONE = -1;

    private long contentLength = NONE;
    private boolean transferEncoding;
    private boolean host;
    private boolean close;
    private boolean keepAlive;

    void reset() {
        contentLength = NONE;
        transferEncoding = false;
        host = false;
        close = false;
        keepAlive = false;
    }

    /** Takes note of a field; the value's range is without the blanks around it. False when it is malformed. */
    boolean field(ByteBuffer in, int nameFrom, int nameTo, int from, int to) {
        return switch (nameTo - nameFrom) {
            case 4 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Host") || host(in, from, to);
            case 10 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Connection") || options(in, from, to);
            case 14 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Content-Length") || length(in, from, to);
            case 17 -> !Octets.equalsIgnoreCase(in, nameFrom, nameTo, "Transfer-Encoding") || coding();
            default -> true;
        };
    }

    /** At the end of the head. False when a field is missing, or is one that this version does not have. */
    boolean isComplete(int minorVersion) {
        return minorVersion == 0 ? !transferEncoding : host;
    }

    boolean persists(int minorVersion) {
        return !close && (minorVersion > 0 || keepAlive);
    }

    boolean hasTransferEncoding() {
        return transferEncoding;
    }

    /** The length of the body, 0 when none is announced. */
    long contentLength() {
        return Math.max(contentLength, 0);
    }

    private boolean host(ByteBuffer in, int from, int to) {
        boolean first = !host;
        host = true;
        return first && HostField.isValid(in, from, to);
    }

    /** A list, even of equal lengths, is refused. */
    private boolean length(ByteBuffer in, int from, int to) {
        if (contentLength != NONE || transferEncoding || from == to) {
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

    private boolean coding() {
        transferEncoding = true;
        return contentLength == NONE;
    }

    /** A list of options, separated by commas; empty ones are allowed (RFC 9110, section 5.6.1). */
    private boolean options(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to) {
            int start = Octets.skipBlanks(in, at, to);
            int end = Octets.skip(Octets.TOKEN, in, start, to);
            close |= Octets.equalsIgnoreCase(in, start, end, "close");
            keepAlive |= Octets.equalsIgnoreCase(in, start, end, "keep-alive");
            at = Octets.skipBlanks(in, end, to);
            if (at < to && in.get(at++) != ',') {
                return false;
            }
        }
        return true;
    }
}
