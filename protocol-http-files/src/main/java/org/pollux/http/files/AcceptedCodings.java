package org.pollux.http.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the field {@code Accept-Encoding} says (RFC 9110, section 12.5.3). */
final class AcceptedCodings {

    private static final Pattern ELEMENT =
            Pattern.compile("[ \t]*([^\\s;,]+)[ \t]*(?:;[ \t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)[ \t]*)?");

    /** Less than any that can be sent: what is not mentioned is worse than what is. */
    private static final double LEAST = 0.0001;

    private final Map<String, Double> qualities = new HashMap<>();

    /** Reads the field's lines; elements that are not well-formed count for nothing. */
    AcceptedCodings(List<String> lines) {
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

    /** How much the client wants a coding; 0 when it cannot read it. */
    double quality(Coding coding) {
        double any = qualities.getOrDefault("*", 0.0);
        return qualities.getOrDefault(coding.token, any);
    }

    /** How much it wants what is not coded. We send that as well to one who wants nothing of what there is. */
    double ofIdentity() {
        double any = qualities.getOrDefault("*", LEAST);
        return qualities.getOrDefault("identity", any);
    }
}
