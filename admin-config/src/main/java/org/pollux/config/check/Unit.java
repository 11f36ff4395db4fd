package org.pollux.config.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit of a number. It is the first word of the attribute's description: "Seconds until …", "Bytes of …". A plain number
 * has that unit. A number with a suffix is converted to it.
 */
public enum Unit {
    NONE("", 1),
    BYTES("bytes", 1),
    SECONDS("seconds", 1_000),
    MILLISECONDS("milliseconds", 1),
    MINUTES("minutes", 60_000);

    private static final Pattern QUANTITY = Pattern.compile("([+-]?\\d{1,30}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

    /** The suffixes of a number, with their bytes or milliseconds. */
    private static final Map<String, BigDecimal> SIZES = sizes();

    private static final Map<String, BigDecimal> TIMES = times();

    private final String plural;
    private final BigDecimal size;

    /** A unit of this many bytes or milliseconds. */
    Unit(String plural, long size) {
        this.plural = plural;
        this.size = BigDecimal.valueOf(size);
    }

    /** The unit of the attribute with this description. */
    public static Unit of(String description) {
        String first = description.strip().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
        for (Unit unit : values()) {
            if (!first.isEmpty() && unit.plural.equals(first)) {
                return unit;
            }
        }
        return NONE;
    }

    /** The plural, {@code "seconds"}; empty for a plain number. */
    public String plural() {
        return plural;
    }

    /** The suffixes of a number, for people; empty if there are none. */
    public String suffixes() {
        return switch (this) {
            case NONE -> "";
            case BYTES -> "KB, MB, GB";
            default -> String.join(", ", TIMES.keySet());
        };
    }

    /** The number in this unit; empty if the text is not a number or has a suffix that this unit does not have. */
    Optional<BigDecimal> read(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(quantity.group(1));
        String suffix = quantity.group(2);
        if (suffix.isEmpty()) {
            return Optional.of(number);
        }
        return known().entrySet().stream()
                .filter(known -> known.getKey().equalsIgnoreCase(suffix))
                .findFirst()
                .map(known -> number.multiply(known.getValue()).divide(size, MathContext.DECIMAL128));
    }

    private Map<String, BigDecimal> known() {
        return switch (this) {
            case NONE -> Map.of();
            case BYTES -> SIZES;
            default -> TIMES;
        };
    }

    /** Powers of 1,024, as for memory. {@code KiB} (IEC 80000-13) means the same as {@code KB} and {@code K}. */
    private static Map<String, BigDecimal> sizes() {
        Map<String, BigDecimal> sizes = new LinkedHashMap<>();
        sizes.put("B", BigDecimal.ONE);
        for (String ending : new String[] {"B", "iB", ""}) {
            String[] prefixes = {"K", "M", "G", "T"};
            for (int i = 0; i < prefixes.length; i++) {
                sizes.put(prefixes[i] + ending, BigDecimal.valueOf(1_024).pow(i + 1));
            }
        }
        return sizes;
    }

    private static Map<String, BigDecimal> times() {
        Map<String, BigDecimal> times = new LinkedHashMap<>();
        times.put("ms", BigDecimal.ONE);
        times.put("s", BigDecimal.valueOf(1_000));
        times.put("min", BigDecimal.valueOf(60_000));
        times.put("h", BigDecimal.valueOf(3_600_000));
        times.put("d", BigDecimal.valueOf(86_400_000));
        return times;
    }
}
