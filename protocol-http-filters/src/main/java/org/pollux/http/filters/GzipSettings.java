package org.pollux.http.filters;

import java.util.List;

/**
 * The responses to compress, and how.
 *
 * @param types media types, lower-case; {@code text/*} and {@code *+json} stand for several
 * @param minLength bytes of a body; a shorter body would not shrink
 * @param level the level of zlib, from 1 (fast) to 9 (small)
 */
public record GzipSettings(List<String> types, int minLength, int level) {

    private static final List<String> TEXTS = List.of(
            "text/*",
            "*+json",
            "*+xml",
            "application/javascript",
            "application/json",
            "application/wasm",
            "application/xml",
            "image/vnd.microsoft.icon");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with the bad value
     */
    public GzipSettings {
        types = List.copyOf(types);
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level must be from 1 to 9, but is " + level);
        }
        if (minLength < 0) {
            throw new IllegalArgumentException("minLength must not be negative, but is " + minLength);
        }
    }

    /** Texts of at least 1,024 bytes, with the default level of zlib. */
    public static GzipSettings defaults() {
        return new GzipSettings(TEXTS, 1024, 6);
    }

    /** Whether a type, with its parameters, is one of these. */
    boolean include(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        for (int i = 0; i < types.size(); i++) {
            if (fits(types.get(i), type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String pattern, String type) {
        if (pattern.startsWith("*")) {
            int from = type.length() - pattern.length() + 1;
            return type.regionMatches(true, from, pattern, 1, pattern.length() - 1);
        }
        return pattern.endsWith("*")
                ? type.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : type.equalsIgnoreCase(pattern);
    }
}
