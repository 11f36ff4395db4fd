package org.pollux.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The levels and the destination of the log: the PID {@code pollux.log}.
 *
 * @param levels by the names of loggers; a name also applies to names that begin with it and a dot
 * @param limit bytes of the file. Then it is renamed
 * @param keep how many full files are kept
 * @param console whether the log also goes to standard error, unless the server was started with {@code --no-console}
 * @param json whether a record is a JSON object
 * @param problems the values that could not be used
 */
record LogSettings(
        LogLevel level,
        Map<String, LogLevel> levels,
        long limit,
        int keep,
        boolean console,
        boolean json,
        List<String> problems) {

    static final LogSettings DEFAULT = new LogSettings(LogLevel.INFO, Map.of(), 10L << 20, 5, true, false, List.of());

    /**
     * Reads a configuration. The bundle admin-config has checked its values. Without that bundle, bad values are replaced by those
     * of {@link #DEFAULT}.
     */
    static LogSettings of(Map<String, Object> values) {
        List<String> problems = new ArrayList<>();
        return new LogSettings(
                text(values, "level").flatMap(LogLevel::of).orElse(DEFAULT.level),
                levels(values.get("levels"), problems),
                number(values, "limit").filter(limit -> limit > 0).orElse(DEFAULT.limit),
                number(values, "keep")
                        .filter(keep -> keep >= 0)
                        .map(Long::intValue)
                        .orElse(DEFAULT.keep),
                text(values, "console").map(Boolean::valueOf).orElse(DEFAULT.console),
                text(values, "format").map("json"::equals).orElse(DEFAULT.json),
                List.copyOf(problems));
    }

    private static Optional<String> text(Map<String, Object> values, String key) {
        return Optional.ofNullable(values.get(key)).map(Object::toString).map(String::strip);
    }

    private static Optional<Long> number(Map<String, Object> values, String key) {
        return text(values, key).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** {@code org.pollux.http=DEBUG, org.apache.felix=WARN}. */
    private static Map<String, LogLevel> levels(@Nullable Object value, List<String> problems) {
        Map<String, LogLevel> levels = new TreeMap<>();
        List<String> entries = value == null
                ? List.of()
                : value instanceof Object[] several
                        ? Arrays.stream(several).map(String::valueOf).toList()
                        : List.of(value.toString());
        for (String entry : String.join(",", entries).split(",", -1)) {
            String[] parts = entry.strip().split("\\s*=\\s*", 2);
            Optional<LogLevel> level = parts.length < 2 ? Optional.empty() : LogLevel.of(parts[1]);
            if (level.isPresent() && !parts[0].isEmpty()) {
                levels.put(parts[0], level.get());
            } else if (!entry.isBlank()) {
                StringBuilder shown = new StringBuilder();
                Escaped.text(shown, entry.strip());
                problems.add(
                        "pollux.log: " + shown + " in levels is refused: write NAME=LEVEL, like org.pollux.http=DEBUG,"
                                + " with one of " + Arrays.toString(LogLevel.values()));
            }
        }
        return levels;
    }
}
