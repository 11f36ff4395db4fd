package org.pollux.http.server.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pollux.http.wire.Octets;

/**
 * Finds and decodes the path of a request target (RFC 9112, section 3.2; RFC 3986, section 6.2.2).
 *
 * <p>A target never has a fragment, because the parser refuses {@code #}.
 */
public final class Target {

    private static final String[] SCHEMES = {"http://", "https://"};

    private Target() {}

    /** The form that asks about the server as a whole. */
    public static boolean isAsterisk(ByteBuffer in, int from, int to) {
        return to - from == 1 && in.get(from) == '*';
    }

    /** The start of the path, for the origin form and the absolute form; -1 for anything else. */
    public static int pathStart(ByteBuffer in, int from, int to) {
        if (in.get(from) == '/') {
            return from;
        }
        int authority = authorityStart(in, from, to);
        return authority < 0 ? -1 : authorityEnd(in, authority, to);
    }

    /** The start of the authority in the absolute form; -1 for anything else. */
    static int authorityStart(ByteBuffer in, int from, int to) {
        for (String scheme : SCHEMES) {
            int authority = from + scheme.length();
            if (authority <= to && Octets.equalsIgnoreCase(in, from, authority, scheme)) {
                return authority;
            }
        }
        return -1;
    }

    static int authorityEnd(ByteBuffer in, int from, int to) {
        int end = from;
        while (end < to && in.get(end) != '/' && in.get(end) != '?') {
            end++;
        }
        return end;
    }

    /** Whether the authority of an absolute form is valid in {@code Host}; true for any other form. */
    public static boolean hasValidAuthority(ByteBuffer in, int from, int to) {
        if (in.get(from) == '/') {
            return true;
        }
        int authority = authorityStart(in, from, to);
        return authority < 0 || HostField.isAuthority(in, authority, authorityEnd(in, authority, to));
    }

    /** The end of the path that starts at the position. */
    public static int pathEnd(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && in.get(at) != '?') {
            at++;
        }
        return at;
    }

    /** Whether the bytes of a path are the path: nothing to decode, no dot segment, nothing to refuse. */
    public static boolean isPlain(ByteBuffer in, int from, int to) {
        byte before = 0;
        for (int at = from; at < to; at++) {
            byte octet = in.get(at);
            if (octet == '%' || octet == '\\' || (octet == '.' && before == '/')) {
                return false;
            }
            before = octet;
        }
        return from < to;
    }

    /**
     * The path, decoded as UTF-8 and without dot segments. Empty when the path is not safe: a bad encoding, an encoded
     * slash, a backslash, a control character, or a way out of the root.
     */
    public static Optional<String> path(ByteBuffer in, int from, int to) {
        if (from == to) {
            return Optional.of("/"); // the absolute form without a path (RFC 9112, section 3.2.2)
        }
        return decode(in, from, to).flatMap(Target::withoutDots);
    }

    private static Optional<String> decode(ByteBuffer in, int from, int to) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            int octet = in.get(at++);
            if (octet == '%') {
                if (to - at < 2 || !Octets.is(Octets.HEX, in.get(at)) || !Octets.is(Octets.HEX, in.get(at + 1))) {
                    return Optional.empty();
                }
                octet = Character.digit(in.get(at), 16) << 4 | Character.digit(in.get(at + 1), 16);
                at += 2;
                if (octet == '/') {
                    return Optional.empty();
                }
            }
            if (octet < ' ' || octet == 0x7F || octet == '\\') {
                return Optional.empty();
            }
            octets.write(octet);
        }
        try {
            ByteBuffer encoded = ByteBuffer.wrap(octets.toByteArray());
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(encoded).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> withoutDots(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> addIf(last, kept);
                case ".." -> {
                    if (kept.isEmpty()) {
                        return Optional.empty();
                    }
                    kept.removeLast();
                    addIf(last, kept);
                }
                default -> kept.add(segments[i]);
            }
        }
        return Optional.of("/" + String.join("/", kept));
    }

    /** Adds an empty segment at the end. A path that ends in a dot segment is a folder: {@code /a/.} is {@code /a/}. */
    private static void addIf(boolean last, List<String> segments) {
        if (last) {
            segments.add("");
        }
    }
}
