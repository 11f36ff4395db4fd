package org.pollux.http.client;

import java.util.List;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.Octets;

/**
 * Where the body of an answer ends, and whether the connection goes on behind it (RFC 9112, sections 6.3 and 9.3).
 *
 * @param length of the body by {@link Kind#LENGTH}, 0 otherwise
 * @param persists whether the server keeps the connection
 */
record ResponseFraming(Kind kind, long length, boolean persists) {

    enum Kind {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    /** So many decimal digits fit in a long, whichever they are. */
    private static final int DIGITS = 18;

    private static final ResponseFraming NOTHING = new ResponseFraming(Kind.LENGTH, 0, true);

    /**
     * Of the answer to a request with that method, whose head was read.
     *
     * @throws HttpFailure when its fields contradict one another
     */
    static ResponseFraming of(String method, ResponseParser head) throws HttpFailure {
        int status = head.status();
        if (status < 200) {
            return NOTHING;
        }
        int minorVersion = head.minorVersion();
        boolean persists = persists(minorVersion, head.connection());
        List<String> codings = head.codings();
        List<String> lengths = head.lengths();
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new ResponseFraming(Kind.LENGTH, 0, persists);
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
            throw new HttpFailure(Reason.MALFORMED, "HTTP/1.0 has no Transfer-Encoding, but the answer has: " + coding);
        }
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new HttpFailure(Reason.MALFORMED, "Transfer-Encoding: " + coding + " was not asked for");
        }
        return new ResponseFraming(Kind.CHUNKED, 0, persists);
    }

    /** The same length repeated is one (RFC 9110, section 8.6). */
    private static long length(List<String> lengths) throws HttpFailure {
        String first = lengths.getFirst();
        for (String other : lengths) {
            if (!other.equals(first)) {
                throw new HttpFailure(
                        Reason.MALFORMED, "conflicting lengths: Content-Length: " + first + " and " + other);
            }
        }
        if (first.isEmpty() || first.length() > DIGITS || !Octets.are(Octets.DIGIT, first)) {
            throw new HttpFailure(Reason.MALFORMED, "Content-Length: " + first + " is no length");
        }
        return Long.parseLong(first);
    }
}
