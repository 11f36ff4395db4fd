package org.pollux.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the field {@code Accept-Encoding} of a request says, for handlers and filters that have a body in several codings (RFC
 * 9110, section 12.5.3). A response that depends on it says so in {@code Vary}. It does not change. Any thread may use it.
 */
public final class AcceptedCodings {

    private static final Pattern ELEMENT =
            Pattern.compile("[ \t]*([^\\s;,]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)[ \t]*)?");

    /** Less than any that can be sent: what is not mentioned is worse than what is. */
    private static final double LEAST = 0.0001;

    private final Map<String, Double> qualities = new HashMap<>();

    private AcceptedCodings(List<String> lines) {
        for (String line : lines) {
            for (String text : line.split(",", -1)) {
                Matcher element = ELEMENT.matcher(text);
                if (element.matches()) {
                    String quality = Optional.ofNullable(element.group(2)).orElse("1");
                    qualities.put(element.group(1).toLowerCase(Locale.ROOT), Double.parseDouble(quality));
                }
            }
        }
    }

    /** Reads the fields of a request; what is not well-formed counts for nothing. */
    public static AcceptedCodings of(Headers headers) {
        return new AcceptedCodings(headers.all("Accept-Encoding"));
    }

    /**
     * How much the client wants a coding.
     *
     * @param coding its name, lower-case: {@code "gzip"}, {@code "br"}
     * @return from 0, which is that it cannot read it, to 1
     */
    public double quality(String coding) {
        return qualities.getOrDefault(coding, qualities.getOrDefault("*", 0.0));
    }

    /**
     * How much the client wants what is not coded: less than anything else, unless it says otherwise. A client that wants
     * nothing of what there is can be sent this too.
     */
    public double ofIdentity() {
        return qualities.getOrDefault("identity", qualities.getOrDefault("*", LEAST));
    }
}
