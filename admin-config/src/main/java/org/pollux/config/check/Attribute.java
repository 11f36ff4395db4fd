package org.pollux.config.check;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key of a configuration.
 *
 * @param description begins with the unit of a quantity; see {@link Unit}
 * @param cardinality as in metatype: 0 for one value, else the maximum of an array (positive) or of a list (negative)
 * @param defaults empty if the bundle has none
 * @param options the allowed values; if empty, any
 */
public record Attribute(
        String id,
        String name,
        String description,
        Kind kind,
        int cardinality,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        List<String> defaults,
        List<String> options) {

    public Attribute {
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    public Unit unit() {
        return kind.isNumber() ? Unit.of(description) : Unit.NONE;
    }

    public boolean isSecret() {
        return kind == Kind.PASSWORD;
    }

    /** The allowed values, as the rest of "it must be": {@code a whole number from 1 to 9}. */
    public String allowed() {
        String one = one();
        return cardinality == 0 ? one : "a list separated by commas, each " + one;
    }

    private String one() {
        if (!options.isEmpty()) {
            return "one of " + String.join(", ", options);
        }
        if (!kind.isNumber()) {
            return switch (kind) {
                case BOOLEAN -> "true or false";
                case CHARACTER -> "one character";
                default -> "a text";
            };
        }
        String range = range();
        return (kind.isWhole() ? "a whole number" : "a number")
                + (unit() == Unit.NONE ? "" : " of " + unit().plural())
                + (range.isEmpty() ? "" : " " + range)
                + (unit() == Unit.NONE ? "" : ", plain or followed by one of " + unit().suffixes());
    }

    /** {@code "from 1 to 9"}; the limits of the type itself are not shown. */
    public String range() {
        return min.map(least -> "from " + least.toPlainString()).orElse("")
                + max.map(most -> (min.isPresent() ? " to " : "up to ") + most.toPlainString())
                        .orElse("");
    }

    /** The default as a bundle gets it; empty if there is none. */
    Optional<Object> defaultValue() {
        if (defaults.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(convert(cardinality == 0 ? defaults.getFirst() : defaults));
        } catch (BadValueException e) {
            return Optional.empty(); // the bundle breaks its own rule
        }
    }

    /**
     * A value as the bundle gets it: of the attribute's type, in its unit.
     *
     * @param raw a text, one of the types of Configuration Admin, or several of those
     */
    Object convert(Object raw) throws BadValueException {
        List<Object> values = elements(raw);
        if (cardinality == 0) {
            if (values.size() != 1) {
                throw refused();
            }
            return single(values.getFirst());
        }
        if (kind == Kind.STRING && options.isEmpty()) {
            return raw; // the bundle itself separates the texts of a list
        }
        List<Object> parts = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof String text) {
                for (String part : text.split(",", -1)) {
                    if (!part.isBlank()) {
                        parts.add(single(part));
                    }
                }
            } else {
                parts.add(single(value));
            }
        }
        if (Math.abs((long) cardinality) < parts.size()) {
            throw new BadValueException("must have at most " + Math.abs((long) cardinality) + " values");
        }
        return arranged(parts);
    }

    /** An array or a list, as metatype requires. */
    private Object arranged(List<Object> parts) {
        if (cardinality < 0) {
            return parts;
        }
        Object array = Array.newInstance(kind.type, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Array.set(array, i, parts.get(i));
        }
        return array;
    }

    static List<Object> elements(Object raw) {
        if (raw instanceof Collection<?> several) {
            return List.copyOf(several);
        }
        if (!raw.getClass().isArray()) {
            return List.of(raw);
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(raw); i++) {
            elements.add(Array.get(raw, i));
        }
        return elements;
    }

    private Object single(Object value) throws BadValueException {
        String text = value.toString().strip();
        if (!options.isEmpty()) {
            text = option(text);
        }
        return switch (kind) {
            case STRING -> options.isEmpty() ? value.toString() : text;
            case PASSWORD -> value.toString();
            case BOOLEAN -> truth(text);
            case CHARACTER -> {
                if (text.length() != 1) {
                    throw refused();
                }
                yield text.charAt(0);
            }
            default -> number(text);
        };
    }

    private String option(String text) throws BadValueException {
        return options.stream()
                .filter(option -> option.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(this::refused);
    }

    private Boolean truth(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw refused();
        };
    }

    private Object number(String text) throws BadValueException {
        BigDecimal number = unit().read(text).orElseThrow(this::refused);
        if (isBelow(number, min) || isBelow(number, kind.least) || isAbove(number, max) || isAbove(number, kind.most)) {
            throw min.isPresent() && max.isPresent() ? refused() : outOfRange();
        }
        try {
            return kind.ofNumber(kind.isWhole() ? number.stripTrailingZeros() : number);
        } catch (ArithmeticException e) {
            throw refused(); // half a byte
        }
    }

    /** Names the limits of the type too, because one of them was exceeded. */
    private BadValueException outOfRange() {
        BigDecimal least = min.or(() -> kind.least).orElse(BigDecimal.ZERO);
        BigDecimal most = max.or(() -> kind.most).orElse(BigDecimal.ZERO);
        return new BadValueException("must be a whole number"
                + (unit() == Unit.NONE ? "" : " of " + unit().plural())
                + " from " + least.toPlainString() + " to " + most.toPlainString());
    }

    private static boolean isBelow(BigDecimal number, Optional<BigDecimal> least) {
        return least.isPresent() && number.compareTo(least.get()) < 0;
    }

    private static boolean isAbove(BigDecimal number, Optional<BigDecimal> most) {
        return most.isPresent() && number.compareTo(most.get()) > 0;
    }

    private BadValueException refused() {
        return new BadValueException("must be " + allowed());
    }
}
