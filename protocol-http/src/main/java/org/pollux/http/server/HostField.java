package org.pollux.http.server;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Octets;

/** The grammar of {@code Host}: {@code uri-host [ ":" port ]} (RFC 9110, section 7.2; RFC 3986, section 3.2.2). */
final class HostField {

    private HostField() {}

    /** An empty value is valid: a client without an authority sends it. */
    static boolean isValid(ByteBuffer in, int from, int to) {
        if (from == to) {
            return true;
        }
        int end = in.get(from) == '[' ? addressEnd(in, from + 1, to) : nameEnd(in, from, to);
        return end > from && (end == to || isPort(in, end, to));
    }

    /** The end of an IPv6 address behind its bracket; -1 when it is none. */
    private static int addressEnd(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && (Octets.is(Octets.HEX, in.get(at)) || in.get(at) == ':' || in.get(at) == '.')) {
            at++;
        }
        return at - from >= 2 && at < to && in.get(at) == ']' ? at + 1 : -1;
    }

    /** The end of a registered name or an IPv4 address; -1 when its percent-encoding is bad. */
    private static int nameEnd(ByteBuffer in, int from, int to) {
        int end = Octets.skip(Octets.NAME, in, from, to);
        for (int at = from; at < end; at++) {
            if (in.get(at) == '%' && Octets.skip(Octets.HEX, in, at + 1, Math.min(at + 3, end)) != at + 3) {
                return -1;
            }
        }
        return end;
    }

    private static boolean isPort(ByteBuffer in, int from, int to) {
        return in.get(from) == ':' && to - from <= 6 && Octets.skip(Octets.DIGIT, in, from + 1, to) == to;
    }
}
