package org.pollux.http.multipart;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field's value with parameters: {@code form-data; name="a"} (RFC 9110, section 5.6.6). */
final class FieldParameters {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern VALUE = Pattern.compile("[ \t]*+(" + TOKEN + "(?:/" + TOKEN + ")?)[ \t]*+");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G;[ \t]*+(?:(" + TOKEN + ")[ \t]*+=[ \t]*+(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*+)\")[ \t]*+)?");

    private FieldParameters() {}

    /** The value in front of the parameters: {@code lookingAt} says whether it is there, and group 1 is it. */
    static Matcher value(String text) {
        return VALUE.matcher(text);
    }

    /**
     * Reads parameters.
     *
     * @param from where they begin
     * @return by their names in lower case
     * @throws org.pollux.http.HttpException with status 400 when they are malformed, or one stands there twice
     */
    static Map<String, String> of(String text, int from) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text).region(from, text.length());
        int end = from;
        while (end < text.length() && parameter.find()) {
            end = parameter.end();
            if (parameter.group(1) != null) {
                String value = parameter.group(2) != null ? parameter.group(2) : unquoted(parameter.group(3));
                if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                    throw MultipartParser.malformed("A parameter stands twice in the form's field '" + text + "'");
                }
            }
        }
        if (end < text.length()) {
            throw MultipartParser.malformed("The form's field '" + text + "' is malformed");
        }
        return parameters;
    }

    /** A backslash before another character than these two is itself: some clients send the folders of a file. */
    private static String unquoted(String text) {
        return text.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
