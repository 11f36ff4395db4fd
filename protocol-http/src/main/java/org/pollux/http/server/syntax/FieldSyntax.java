package org.pollux.http.server.syntax;

import java.util.List;
import org.pollux.http.wire.Octets;

/** Checks the fields of a response (RFC 9110, section 5): a field must not end its line and begin another. */
public final class FieldSyntax {

    private static final List<String> OWN = List.of(
            "Connection",
            "Content-Length",
            "Date",
            "Keep-Alive",
            "Proxy-Connection",
            "Server",
            "Trailer",
            "Transfer-Encoding");

    private FieldSyntax() {}

    /** Requires a field that a handler may set. */
    public static void require(String name, String value) {
        requireName(name);
        requireValue(name, value);
    }

    /** Requires a token that is not the name of a field that the server writes itself. */
    private static void requireName(String name) {
        for (int i = 0; i < name.length(); i++) {
            require(name.charAt(i) < 0x80 && Octets.is(Octets.TOKEN, name.charAt(i)), name, i, "the field name");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A field needs a name");
        }
        for (int i = 0; i < OWN.size(); i++) {
            if (name.equalsIgnoreCase(OWN.get(i))) {
                throw new IllegalArgumentException(name + " is written by the server: leave it out");
            }
        }
    }

    public static void requireValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            require(value.charAt(i) <= 0xFF && Octets.is(Octets.TEXT, value.charAt(i)), value, i, name);
        }
    }

    private static void require(boolean allowed, String text, int place, String what) {
        if (!allowed) {
            throw new IllegalArgumentException(
                    String.format("U+%04X is not allowed in %s, at place %d", (int) text.charAt(place), what, place));
        }
    }
}
