package org.pollux.servlet.exchange;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.Map;
import org.pollux.http.HttpDate;

/** A cookie as the value of {@code Set-Cookie} (RFC 6265, section 4.1), with any attributes. */
final class CookieText {

    /** A client forgets the cookie. RFC 6265 has no syntax for a Max-Age of zero. */
    private static final String GONE = "; Expires=" + HttpDate.format(Instant.EPOCH);

    private CookieText() {}

    /**
     * The text of a cookie.
     *
     * @throws IllegalArgumentException when a value would change what follows it
     */
    static String of(Cookie cookie) {
        StringBuilder text = new StringBuilder(cookie.getName())
                .append('=')
                .append(checked(cookie, cookie.getValue() == null ? "" : cookie.getValue()));
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            String value = attribute.getValue();
            if (attribute.getKey().equalsIgnoreCase("Max-Age") && value.equals("0")) {
                text.append(GONE);
                continue;
            }
            boolean isFlag = value.isEmpty() || isOn(attribute.getKey(), value);
            if (isFlag || !isFlagName(attribute.getKey())) {
                text.append("; ").append(checked(cookie, attribute.getKey()));
                if (!isFlag) {
                    text.append('=').append(checked(cookie, value));
                }
            }
        }
        return text.toString();
    }

    private static boolean isFlagName(String name) {
        return name.equalsIgnoreCase("Secure") || name.equalsIgnoreCase("HttpOnly");
    }

    private static boolean isOn(String name, String value) {
        return isFlagName(name) && value.equalsIgnoreCase("true");
    }

    private static String checked(Cookie cookie, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == ';' || c == 0x7F) {
                throw new IllegalArgumentException(
                        String.format("U+%04X is not allowed in the cookie '%s'", (int) c, cookie.getName()));
            }
        }
        return text;
    }
}
