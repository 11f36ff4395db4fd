package org.pollux.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The field {@code Accept-Encoding} of a request, for handlers and filters that have a body in several codings (RFC
 * 9110, section 12.5.3). A response that depends on it must say so in {@code Vary}. An instance is immutable. Any
 * thread may use it.
 */
public final class AcceptedCodings {

    private static final Pattern ELEMENT =
            Pattern.compile("[ \t]*([^\\s;,]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)[ \t]*)?");

    /** Less than any quality that can be sent: a coding that is not mentioned is worse than one that is. */
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

    /** Reads the fields of a request; malformed elements are ignored. */
    public static AcceptedCodings of(Headers headers) {
        return new AcceptedCodings(headers.all("Accept-Encoding"));
    }

    /**
     * The client's preference for a coding.
     *
     * @param coding its name, lower-case: {@code "gzip"}, {@code "br"}
     * @return from 0, when the client cannot read it, to 1
     */
    public double quality(String coding) {
        return qualities.getOrDefault(coding, qualities.getOrDefault("*", 0.0));
    }

    /**
     * The client's preference for a body without a coding: less than any other, unless the client says otherwise. It
     * can also be sent to a client that accepts none of the available codings.
     */
    public double ofIdentity() {
        return qualities.getOrDefault("identity", qualities.getOrDefault("*", LEAST));
    }
}
