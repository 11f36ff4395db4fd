package org.pollux.metrics.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads metrics as strictly as the format allows: each family has its help and its type in front, once; names and labels have their
 * form; no series comes twice; buckets grow, and the last one is the count.
 */
final class StrictParser {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\",?)+)})? (\\S+)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, Double> buckets = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private String name = "";
    private String type = "";

    /** The values by their series. */
    static Map<String, Double> parse(String text, boolean open) {
        StrictParser parser = new StrictParser();
        assertTrue(text.endsWith("\n"), "the last line ends");
        if (open) {
            assertTrue(text.endsWith("\n# EOF\n"), text);
            text = text.substring(0, text.length() - "# EOF\n".length());
        }
        for (String line : text.split("\n")) {
            parser.line(line, open);
        }
        return parser.samples;
    }

    private void line(String line, boolean open) {
        Matcher help = HELP.matcher(line);
        Matcher typed = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            name = help.group(1);
            type = "";
            assertTrue(families.add(name), () -> name + " comes twice");
        } else if (typed.matches()) {
            assertEquals(name, typed.group(1), "the type follows the help");
            type = typed.group(2);
            assertTrue(!type.equals("counter") || open != name.endsWith("_total"), () -> "the name of counter " + name);
        } else {
            assertTrue(sample.matches(), () -> "no line of the format: " + line);
            assertTrue(!type.isEmpty(), () -> "no type in front of " + line);
            sample(sample.group(1), sample.group(3) == null ? "" : sample.group(3), number(sample.group(4)), open);
        }
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private void sample(String of, String labels, double value, boolean open) {
        String expected = name + (open && type.equals("counter") ? "_total" : "");
        if (type.equals("histogram")) {
            assertTrue(of.matches(Pattern.quote(name) + "_(bucket|sum|count)"), () -> of + " in " + name);
            histogram(of, labels, value);
        } else {
            assertEquals(expected, of);
        }
        assertTrue(samples.put(of + "{" + labels + "}", value) == null, () -> of + labels + " comes twice");
        assertTrue(!type.equals("counter") || value >= 0, () -> of + " is negative");
    }

    private void histogram(String of, String labels, double value) {
        String series = name + "{" + labels.replaceFirst(",?le=\"[^\"]*\"", "") + "}";
        if (of.endsWith("_bucket")) {
            assertTrue(labels.contains("le=\""), () -> of + " has no limit");
            assertTrue(value >= buckets.getOrDefault(series, 0.0), () -> series + " shrinks");
            buckets.put(series, value);
        } else if (of.endsWith("_count")) {
            assertEquals(buckets.get(series), value, () -> "the last bucket of " + series);
        }
    }
}
