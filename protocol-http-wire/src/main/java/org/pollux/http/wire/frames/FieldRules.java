package org.pollux.http.wire.frames;

import org.pollux.http.wire.Octets;

/** The rules for each field of a head, of a request or a response (RFC 9113, section 8.2). Ranges are from (inclusive) to (exclusive). */
public final class FieldRules {

    private FieldRules() {}

    /** Lower case, since an upper-case letter is malformed (RFC 9113, section 8.2.1). */
    public static boolean isName(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Octets.is(Octets.TOKEN, octets[at]) || (octets[at] >= 'A' && octets[at] <= 'Z')) {
                return false;
            }
        }
        return from < to;
    }

    /** No control characters, and no blanks at the ends (RFC 9113, section 8.2.1). */
    public static boolean isValue(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Octets.is(Octets.TEXT, octets[at])) {
                return false;
            }
        }
        return from == to || !(Octets.isBlank(octets[from]) || Octets.isBlank(octets[to - 1]));
    }

    /** Whether the field is about a connection of HTTP/1.1 (RFC 9113, section 8.2.2). */
    public static boolean isOfConnection(byte[] octets, int from, int to) {
        return switch (to - from) {
            case 7 -> is("upgrade", octets, from, to);
            case 10 -> is("connection", octets, from, to) || is("keep-alive", octets, from, to);
            case 16 -> is("proxy-connection", octets, from, to);
            case 17 -> is("transfer-encoding", octets, from, to);
            default -> false;
        };
    }

    /** Whether the octets are that name. */
    public static boolean is(String name, byte[] octets, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (octets[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
