package org.pollux.http.client.h1;

import java.util.List;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.Octets;

/**
 * The end of a response's body, and whether the connection continues after it (RFC 9112, sections 6.3 and 9.3).
 *
 * @param length bytes of the body for {@link Kind#LENGTH}, 0 otherwise
 * @param persists whether the server keeps the connection
 */
record ResponseFraming(Kind kind, long length, boolean persists) {

    enum Kind {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    /** The number of decimal digits that always fit in a long. */
    private static final int DIGITS = 18;

    private static final ResponseFraming NOTHING = new ResponseFraming(Kind.LENGTH, 0, true);

    /**
     * The framing of the response to a request with that method. The head of the response was read.
     *
     * @throws HttpFailure when its fields contradict one another
     */
    static ResponseFraming of(String method, ResponseParser head) throws HttpFailure {
        int status = head.status();
        if (head.isInterim()) {
            return NOTHING;
        }
        int minorVersion = head.minorVersion();
        boolean persists = persists(minorVersion, head.connection());
        List<String> codings = head.codings();
        List<String> lengths = head.lengths();
        if (method.equals("HEAD")) {
            return new ResponseFraming(Kind.LENGTH, 0, persists);
        }
        if (status == 204 || status == 304) { // a server that announces a body may also send it
            return new ResponseFraming(Kind.LENGTH, 0, persists && codings.isEmpty() && announcesNothing(lengths));
        }
        if (!codings.isEmpty()) {
            return chunked(codings, lengths, minorVersion, persists);
        }
        return lengths.isEmpty()
                ? new ResponseFraming(Kind.UNTIL_CLOSE, 0, false)
                : new ResponseFraming(Kind.LENGTH, length(lengths), persists);
    }

    private static boolean persists(int minorVersion, List<String> connection) {
        boolean persists = minorVersion > 0;
        for (String options : connection) {
            for (String option : options.split(",", -1)) {
                if (option.strip().equalsIgnoreCase("close")) {
                    return false;
                }
                persists |= option.strip().equalsIgnoreCase("keep-alive");
            }
        }
        return persists;
    }

    private static ResponseFraming chunked(
            List<String> codings, List<String> lengths, int minorVersion, boolean persists) throws HttpFailure {
        String coding = String.join(", ", codings);
        if (!lengths.isEmpty()) {
            throw new HttpFailure(
                    Reason.MALFORMED,
                    "conflicting lengths: Transfer-Encoding: " + coding + " and Content-Length: " + lengths.getFirst());
        }
        if (minorVersion == 0) {
            throw new HttpFailure(
                    Reason.MALFORMED, "HTTP/1.0 has no Transfer-Encoding, but the response has: " + coding);
        }
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new HttpFailure(Reason.MALFORMED, "Transfer-Encoding: " + coding + " was not asked for");
        }
        return new ResponseFraming(Kind.CHUNKED, 0, persists);
    }

    private static boolean announcesNothing(List<String> lengths) {
        return lengths.stream().allMatch(length -> length.equals("0"));
    }

    /** The same length, repeated in several lines or in a list, counts as one (RFC 9112, section 6.3). */
    private static long length(List<String> lengths) throws HttpFailure {
        String first = lengths.getFirst();
        if (lengths.size() == 1 && first.indexOf(',') < 0) {
            return number(first);
        }
        String all = String.join(", ", lengths);
        long length = -1;
        for (String member : all.split(",", -1)) {
            long number = number(member.strip());
            if (length >= 0 && number != length) {
                throw new HttpFailure(
                        Reason.MALFORMED, "conflicting lengths: Content-Length: " + length + " and " + number);
            }
            length = number;
        }
        return length;
    }

    private static long number(String text) throws HttpFailure {
        int from = 0;
        while (from < text.length() - 1 && text.charAt(from) == '0') {
            from++;
        }
        if (text.isEmpty() || text.length() - from > DIGITS || !Octets.are(Octets.DIGIT, text)) {
            throw new HttpFailure(Reason.MALFORMED, "Content-Length: " + text + " is not a length");
        }
        return Long.parseLong(text);
    }
}
