package org.pollux.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies that a client has sent with a request (RFC 6265, section 5.4). The values are unchanged: quotes are a
 * part of them, and nothing is decoded. An instance is immutable. Any thread may use it.
 *
 * <p>A client may send two cookies of one name, of several paths or domains; do not rely on their order (section
 * 4.2.2). A site that can set cookies for a parent domain can send any of them: sign a value that must not be forged.
 *
 * @see SetCookie
 */
public final class Cookies {

    private record Cookie(String name, String value) {}

    private final List<Cookie> cookies = new ArrayList<>();

    private Cookies(List<String> lines) {
        for (String line : lines) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name = trimmed(pair.substring(0, Math.max(equals, 0)));
                if (!name.isEmpty()) {
                    cookies.add(new Cookie(name, trimmed(pair.substring(equals + 1))));
                }
            }
        }
    }

    /** Reads the {@code Cookie} fields of a request. A pair without a name or without a {@code =} is left out. */
    public static Cookies of(Headers headers) {
        return new Cookies(headers.all("Cookie"));
    }

    /** The value of the first cookie of that name; names are compared exactly. */
    public Optional<String> first(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.name.equals(name))
                .map(Cookie::value)
                .findFirst();
    }

    /** The values of all cookies of that name. */
    public List<String> all(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.name.equals(name))
                .map(Cookie::value)
                .toList();
    }

    /** Without the blanks around it (RFC 6265, section 5.2). */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
