package org.pollux.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The field {@code Accept} of a request, for handlers that have a body in several media types (RFC 9110, section 12.5.1). A
 * response that depends on it must say so in {@code Vary}. An instance is immutable. Any thread may use it.
 *
 * <pre>
 *   AcceptedTypes accepted = AcceptedTypes.of(request.headers());
 *   response.header("Vary", "Accept");
 *   switch (accepted.best("text/html", "application/json").orElse("")) {
 *       case "text/html" -&gt; ...
 *       case "application/json" -&gt; ...
 *       default -&gt; throw new HttpException(406, "Neither HTML nor JSON is accepted");
 *   }
 * </pre>
 *
 * <p>Parameters of media ranges, other than {@code q}, are not compared. A range with one is taken as if it had none.
 */
public final class AcceptedTypes {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern RANGE = Pattern.compile("[ \t]*+(" + TOKEN + ")/(" + TOKEN + ")(?=[ \t;]|$)(.*+)");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G[ \t]*+;[ \t]*+(?:(" + TOKEN + ")=(" + TOKEN + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"))?+[ \t]*+");
    private static final Pattern QUALITY = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");

    /** Commas in quotes separate nothing. */
    private static final Pattern ELEMENT = Pattern.compile("(?:[^,\"]|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")++");

    /** A media range; {@code *} is every type or subtype. */
    private record Range(String type, String subtype, double quality) {

        /** How exactly the range names the type, 0 when it does not. */
        int exactness(String wanted, String wantedSubtype) {
            if (type.equals(wanted)) {
                return subtype.equals(wantedSubtype) ? 3 : subtype.equals("*") ? 2 : 0;
            }
            return type.equals("*") && subtype.equals("*") ? 1 : 0;
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    private AcceptedTypes(List<String> lines) {
        for (String line : lines) {
            Matcher element = ELEMENT.matcher(line);
            while (element.find()) {
                add(element.group());
            }
        }
    }

    /** Reads the fields of a request. Malformed elements are ignored. Without the field, every type is accepted. */
    public static AcceptedTypes of(Headers headers) {
        return new AcceptedTypes(headers.all("Accept"));
    }

    private void add(String element) {
        Matcher range = RANGE.matcher(element);
        if (!range.matches()) {
            return;
        }
        double quality = 1;
        String parameters = range.group(3);
        Matcher parameter = PARAMETER.matcher(parameters);
        int end = 0;
        while (end < parameters.length() && parameter.find()) {
            end = parameter.end();
            if ("q".equalsIgnoreCase(parameter.group(1))) {
                if (!QUALITY.matcher(parameter.group(2)).matches()) {
                    return;
                }
                quality = Double.parseDouble(parameter.group(2));
            }
        }
        if (parameters.substring(end).isBlank()) {
            ranges.add(new Range(lower(range.group(1)), lower(range.group(2)), quality));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * The client's preference for a media type: that of the range that names it most exactly.
     *
     * @param type without parameters: {@code "text/html"}
     * @return from 0, when the client does not want it, to 1
     */
    public double quality(String type) {
        if (ranges.isEmpty()) {
            return 1;
        }
        String[] parts = lower(type).split("/", 2);
        int most = 0;
        double quality = 0;
        for (Range range : ranges) {
            int exactness = range.exactness(parts[0], parts[parts.length - 1]);
            if (exactness > most) {
                most = exactness;
                quality = range.quality;
            }
        }
        return quality;
    }

    /** Whether the field names exactly this type, with a quality that is not 0. */
    public boolean names(String type) {
        String wanted = lower(type);
        return ranges.stream().anyMatch(range -> range.quality > 0 && wanted.equals(range.type + '/' + range.subtype));
    }

    /**
     * The type that the client likes best.
     *
     * @param types the types that there are, the server's favourite first: it wins among equals
     * @return empty when the client accepts none of them: respond with 406, or send one of them all the same
     */
    public Optional<String> best(String... types) {
        double most = 0;
        Optional<String> best = Optional.empty();
        for (String type : types) {
            double quality = quality(type);
            if (quality > most) {
                most = quality;
                best = Optional.of(type);
            }
        }
        return best;
    }
}
