package org.pollux.http.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Which bytes are allowed where, and how to read a range of them. Ranges are from (inclusive) to (exclusive). */
public final class Octets {

    public static final byte CR = '\r';
    public static final byte LF = '\n';

    /** Methods and field names (RFC 9110, section 5.6.2). */
    public static final int TOKEN = 1;

    /** Visible ASCII. */
    public static final int VISIBLE = 2;

    /** Field values: visible characters, space, tab and bytes above ASCII (RFC 9110, section 5.5). */
    public static final int TEXT = 4;

    /** Registered names in {@code Host}, percent sign included (RFC 3986, section 3.2.2). */
    public static final int NAME = 8;

    public static final int DIGIT = 16;
    public static final int HEX = 32;
    public static final int ALPHA = 64;

    /**
     * Request targets: visible ASCII without {@code #}, since a fragment stays with its client (RFC 9112, section 3.2). This
     * is more than RFC 3986 allows, because browsers send {@code |} and {@code "} unencoded; none of these bytes can be
     * mistaken for the end of the target.
     */
    public static final int TARGET = 128;

    private static final byte[] KINDS = new byte[256];

    static {
        mark(ALPHA | TOKEN | NAME, 'A', 'Z');
        mark(ALPHA | TOKEN | NAME, 'a', 'z');
        mark(DIGIT | HEX | TOKEN | NAME, '0', '9');
        mark(HEX, 'A', 'F');
        mark(HEX, 'a', 'f');
        mark(TOKEN, "!#$%&'*+-.^_`|~");
        mark(NAME, "-._~!$&'()*+,;=%");
        mark(VISIBLE | TEXT, 0x21, 0x7E);
        mark(TARGET, '!', '"');
        mark(TARGET, '$', '~');
        mark(TEXT, " \t");
        mark(TEXT, 0x80, 0xFF);
    }

    private Octets() {}

    private static void mark(int kinds, int first, int last) {
        for (int octet = first; octet <= last; octet++) {
            KINDS[octet] |= (byte) kinds;
        }
    }

    private static void mark(int kinds, String octets) {
        for (int i = 0; i < octets.length(); i++) {
            mark(kinds, octets.charAt(i), octets.charAt(i));
        }
    }

    public static boolean is(int kind, int octet) {
        return (KINDS[octet & 0xFF] & kind) != 0;
    }

    /** Whether all chars of the text are octets of the kind; true for an empty text. */
    public static boolean are(int kind, String text) {
        for (int i = 0; i < text.length(); i++) {
            char octet = text.charAt(i);
            if (octet > 0xFF || !is(kind, octet)) {
                return false;
            }
        }
        return true;
    }

    /** The first position in the range that is not of the kind, or its end. */
    public static int skip(int kind, ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && is(kind, in.get(at))) {
            at++;
        }
        return at;
    }

    /** The position of the first LF in the range, or its end. */
    public static int findLineFeed(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && in.get(at) != LF) {
            at++;
        }
        return at;
    }

    /** The first position in the range that is neither space nor tab, or its end. */
    public static int skipBlanks(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && isBlank(in.get(at))) {
            at++;
        }
        return at;
    }

    /** The end of the range without its trailing spaces and tabs. */
    public static int trimBlanks(ByteBuffer in, int from, int to) {
        int end = to;
        while (end > from && isBlank(in.get(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether the octet is a space or a tab. */
    public static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /**
     * Replaces the CRLF at the buffer's limit, and the blanks before it, by as many spaces, because the line continues (RFC
     * 9112, section 5.2).
     */
    public static void fold(ByteBuffer lines) {
        int at = lines.limit();
        while (at > 0 && (isBlank(lines.get(at - 1)) || lines.get(at - 1) == CR || lines.get(at - 1) == LF)) {
            lines.put(--at, (byte) ' ');
        }
    }

    public static boolean equals(ByteBuffer in, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (in.get(from + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rest of the buffer begins with the text. */
    public static boolean startsWith(ByteBuffer in, String text) {
        int from = in.position();
        return in.remaining() >= text.length() && equals(in, from, from + text.length(), text);
    }

    public static boolean equals(ByteBuffer in, int from, int to, byte[] octets) {
        if (to - from != octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if (in.get(from + i) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    /** Compares without regard to the case of ASCII letters. */
    public static boolean equalsIgnoreCase(ByteBuffer in, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(in.get(from + i)) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }

    /** One char for each byte of the range without the spaces and tabs at its ends: the value of a field. */
    public static String trimmed(ByteBuffer in, int from, int to) {
        int start = skipBlanks(in, from, to);
        return string(in, start, trimBlanks(in, start, to));
    }

    /** One char for each byte. */
    public static String string(ByteBuffer in, int from, int to) {
        byte[] octets = new byte[to - from];
        in.get(from, octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
