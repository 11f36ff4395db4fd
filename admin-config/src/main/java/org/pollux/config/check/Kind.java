package org.pollux.config.check;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of the Metatype Service Specification (OSGi Compendium, section 105.10). */
public enum Kind {
    STRING(String.class, null, null),
    PASSWORD(String.class, null, null),
    BOOLEAN(Boolean.class, null, null),
    CHARACTER(Character.class, null, null),
    BYTE(Byte.class, (long) Byte.MIN_VALUE, (long) Byte.MAX_VALUE),
    SHORT(Short.class, (long) Short.MIN_VALUE, (long) Short.MAX_VALUE),
    INTEGER(Integer.class, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
    LONG(Long.class, Long.MIN_VALUE, Long.MAX_VALUE),
    FLOAT(Float.class, null, null),
    DOUBLE(Double.class, null, null);

    final Class<?> type;
    final Optional<BigDecimal> least;
    final Optional<BigDecimal> most;

    Kind(Class<?> type, @Nullable Long least, @Nullable Long most) {
        this.type = type;
        this.least = Optional.ofNullable(least).map(BigDecimal::valueOf);
        this.most = Optional.ofNullable(most).map(BigDecimal::valueOf);
    }

    /** By its name in the XML, {@code "Integer"}; {@code "Char"} and unknown names included. */
    static Kind of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "CHAR", "CHARACTER" -> CHARACTER;
            case "PASSWORD" -> PASSWORD;
            case "BOOLEAN" -> BOOLEAN;
            case "BYTE" -> BYTE;
            case "SHORT" -> SHORT;
            case "INTEGER" -> INTEGER;
            case "LONG" -> LONG;
            case "FLOAT" -> FLOAT;
            case "DOUBLE", "BIGDECIMAL" -> DOUBLE;
            default -> STRING;
        };
    }

    boolean isWhole() {
        return least.isPresent();
    }

    boolean isNumber() {
        return isWhole() || this == FLOAT || this == DOUBLE;
    }

    /** For people, in lower case. */
    public String title() {
        return switch (this) {
            case STRING -> "text";
            case PASSWORD -> "password";
            case BOOLEAN -> "true or false";
            case CHARACTER -> "character";
            case FLOAT, DOUBLE -> "number";
            default -> "whole number";
        };
    }

    Object ofNumber(BigDecimal number) {
        return switch (this) {
            case BYTE -> number.byteValueExact();
            case SHORT -> number.shortValueExact();
            case INTEGER -> number.intValueExact();
            case LONG -> number.longValueExact();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            default -> throw new IllegalStateException(this + " is not a number");
        };
    }
}
