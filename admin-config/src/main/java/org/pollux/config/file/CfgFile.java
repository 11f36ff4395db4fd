package org.pollux.config.file;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pollux.config.check.Printable;

/**
 * The content of a file of lines {@code key = value}: the syntax of {@link Properties}, in UTF-8. Blanks after a value are
 * ignored. {@code ${NAME}} is a property of the framework, and {@code ${env:NAME}} an environment variable.
 *
 * @param notes faults that the operator should know of, although the file can be used
 */
public record CfgFile(Map<String, String> values, List<String> notes) {

    /** Bytes. A longer file is a mistake, and is not read into memory. */
    static final int MOST = 1 << 20;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]+)}");

    /**
     * Reads the content of a file.
     *
     * @param property the value of a property of the framework
     */
    public static CfgFile parse(byte[] content, Function<String, Optional<String>> property) throws BadFileException {
        if (content.length > MOST) {
            throw new BadFileException("it has more than " + MOST + " bytes, and is not read: make it shorter");
        }
        String text = CfgText.decode(content);
        if (text.stripLeading().startsWith("<")) {
            throw new BadFileException("it is XML: write lines like key = value");
        }
        Lines lines = new Lines();
        try {
            lines.load(new StringReader(text));
        } catch (IllegalArgumentException | IOException e) {
            throw new BadFileException(
                    "it has a \\u without four hexadecimal digits after it. Write \\\\ for a backslash", e);
        }
        List<String> notes = new ArrayList<>();
        lines.twice.forEach(
                key -> notes.add("the key " + shown(key) + " appears more than once: the last value is used"));
        TreeMap<String, String> values = new TreeMap<>();
        for (String key : lines.stringPropertyNames()) {
            if (!key.isEmpty()) {
                values.put(key, substituted(lines.getProperty(key).strip(), property, notes));
            } else {
                notes.add("a line has no key: write key = value");
            }
        }
        Set<String> folded = new LinkedHashSet<>();
        values.descendingKeySet()
                .removeIf(
                        key -> { // keep aB, drop AB: keys begin in lower case
                            boolean again = !folded.add(key.toLowerCase(Locale.ROOT));
                            if (again) { // Configuration Admin treats them as one key
                                notes.add("the key " + shown(key)
                                        + " also appears in another case, so it has no effect: keep one of them");
                            }
                            return again;
                        });
        return new CfgFile(values, List.copyOf(notes));
    }

    /** A half-written name may be very long. */
    private static String shown(String key) {
        return Printable.of(key);
    }

    private static String substituted(String value, Function<String, Optional<String>> property, List<String> notes) {
        return VARIABLE.matcher(value).replaceAll(variable -> {
            String name = variable.group(1);
            Optional<String> known = name.startsWith("env:")
                    ? Optional.ofNullable(System.getenv(name.substring("env:".length())))
                    : property.apply(name);
            if (known.isEmpty()) {
                notes.add("${" + shown(name) + "} is not defined, and is left unchanged");
            }
            return Matcher.quoteReplacement(known.orElse(variable.group()));
        });
    }

    /** Remembers the keys that appear more than once. */
    private static final class Lines extends Properties {

        private final Set<String> twice = new LinkedHashSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                twice.add((String) key);
            }
            return super.put(key, value);
        }
    }
}
