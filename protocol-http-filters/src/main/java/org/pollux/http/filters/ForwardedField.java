package org.pollux.http.filters;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pollux.http.Headers;

/** The field {@code Forwarded} (RFC 7239, section 4). */
final class ForwardedField {

    /** A pair whose value is a token, a quoted string or nothing, and the text after it. */
    private static final Pattern PAIR = Pattern.compile("\\G[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)="
            + "(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"))?[ \t]*([;,]|$)");

    private ForwardedField() {}

    /**
     * Reads all lines of the field.
     *
     * @return the entries, with the nearest proxy last; an empty list if the field is missing; empty if a line is
     *     malformed. Its authors are then unknown, because a quote that a client has left open hides the text that a
     *     proxy has added
     */
    static Optional<List<Hop>> of(Headers headers) {
        List<Hop> hops = new ArrayList<>();
        for (String line : headers.all("Forwarded")) {
            if (!read(line, hops)) {
                return Optional.empty();
            }
        }
        return Optional.of(hops);
    }

    private static boolean read(String line, List<Hop> hops) {
        Map<String, String> element = new HashMap<>();
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            if (pair.group(1) != null) {
                String value = pair.group(2) != null ? pair.group(2) : unquoted(pair.group(3));
                if (element.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) {
                    return false;
                }
            }
            if (!pair.group(4).equals(";") && !element.isEmpty()) {
                hops.add(hop(element));
                element.clear();
            }
            if (pair.end() == line.length()) {
                return true;
            }
        }
        return false;
    }

    private static Hop hop(Map<String, String> element) {
        return Hop.of(
                Optional.ofNullable(element.get("for")),
                Optional.ofNullable(element.get("proto")),
                Optional.ofNullable(element.get("host")));
    }

    private static String unquoted(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
