package org.pollux.http.server.syntax;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Octets;

/**
 * The grammar of {@code Host} and of the authority in a target: {@code uri-host [ ":" port ]} (RFC 9110, section 7.2; RFC
 * 3986, section 3.2.2). It is narrower than the RFC where two servers could read a host in two ways. It refuses user
 * information (RFC 9110, section 4.2.4), a comma, which joins two fields, an encoded delimiter, a zone of an IPv6 address,
 * and addresses of a version that does not exist.
 */
public final class HostField {

    private static final int MOST_PORT = 65535;

    private HostField() {}

    /** An empty value is valid: a client without an authority sends it. */
    public static boolean isValid(ByteBuffer in, int from, int to) {
        return from == to || isAuthority(in, from, to);
    }

    /** Whether it is a host, with a port or without one. */
    static boolean isAuthority(ByteBuffer in, int from, int to) {
        int end = hostEnd(in, from, to);
        return end > from && (end == to || port(in, end, to) >= 0);
    }

    /** Whether it is a target of CONNECT: a host with a port that can be reached (RFC 9112, section 3.2.3). */
    public static boolean isHostAndPort(ByteBuffer in, int from, int to) {
        int end = hostEnd(in, from, to);
        return end > from && end + 1 < to && port(in, end, to) > 0;
    }

    /** The end of the host; not behind its start when it is not a host. */
    private static int hostEnd(ByteBuffer in, int from, int to) {
        if (from == to) {
            return -1;
        }
        return in.get(from) == '[' ? addressEnd(in, from + 1, to) : nameEnd(in, from, to);
    }

    /** The end of an IPv6 address behind its bracket; -1 when it is not an address. */
    private static int addressEnd(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && in.get(at) != ']') {
            at++;
        }
        return at < to && isIpv6(in, from, at) ? at + 1 : -1;
    }

    private static boolean isIpv6(ByteBuffer in, int from, int to) {
        int at = from;
        int groups = 0;
        boolean shortened = isDoubleColon(in, at, to);
        if (shortened) {
            at += 2;
        }
        while (at < to) {
            int start = at;
            at = Octets.skip(Octets.HEX, in, at, Math.min(to, at + 4));
            if (at > start && at < to && in.get(at) == '.') {
                return isIpv4(in, start, to) && fills(groups + 2, shortened);
            }
            if (at == start) {
                return false;
            }
            groups++;
            if (isDoubleColon(in, at, to)) {
                if (shortened) {
                    return false;
                }
                shortened = true;
                at += 2;
            } else if (at < to && (in.get(at++) != ':' || at == to)) {
                return false;
            }
        }
        return fills(groups, shortened);
    }

    private static boolean isDoubleColon(ByteBuffer in, int at, int to) {
        return at + 1 < to && in.get(at) == ':' && in.get(at + 1) == ':';
    }

    /** Whether the groups make an address. Two colons replace at least one group. */
    private static boolean fills(int groups, boolean shortened) {
        return shortened ? groups < 8 : groups == 8;
    }

    private static boolean isIpv4(ByteBuffer in, int from, int to) {
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            at = Octets.skip(Octets.DIGIT, in, at, Math.min(to, at + 3));
            boolean number = at > start && number(in, start, at, 255) >= 0 && (at == start + 1 || in.get(start) != '0');
            if (!number || (part < 3 && (at == to || in.get(at++) != '.'))) {
                return false;
            }
        }
        return at == to;
    }

    /** The end of a registered name or an IPv4 address; -1 when it is malformed. */
    private static int nameEnd(ByteBuffer in, int from, int to) {
        int end = Octets.skip(Octets.NAME, in, from, to);
        for (int at = from; at < end; at++) {
            if (in.get(at) == ',' || (in.get(at) == '%' && !isEncoded(in, at, end))) {
                return -1;
            }
        }
        return end;
    }

    /** Whether an encoded octet is there that is neither a delimiter nor a control character. */
    private static boolean isEncoded(ByteBuffer in, int at, int end) {
        if (end - at < 3 || Octets.skip(Octets.HEX, in, at + 1, at + 3) != at + 3) {
            return false;
        }
        int octet = Character.digit(in.get(at + 1), 16) << 4 | Character.digit(in.get(at + 2), 16);
        return octet > 0x7F || (Octets.is(Octets.NAME, octet) && octet != '%' && octet != ',');
    }

    /** The port after a colon, 0 if nothing follows it; -1 if the text is not a port. */
    private static int port(ByteBuffer in, int from, int to) {
        return in.get(from) == ':' ? number(in, from + 1, to, MOST_PORT) : -1;
    }

    /** A number of digits only; 0 when there are no digits; -1 when it is malformed or above the maximum. */
    private static int number(ByteBuffer in, int from, int to, int most) {
        int value = 0;
        for (int at = from; at < to; at++) {
            int digit = in.get(at) - '0';
            value = value * 10 + digit;
            if (digit < 0 || digit > 9 || value > most) {
                return -1;
            }
        }
        return value;
    }
}
