package org.pollux.config.check;

import java.util.List;
import java.util.stream.Collectors;

/** Makes a value safe to show in a line: short, and without terminal escapes. */
public final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** One value, or several separated by commas. */
    public static String of(Object value) {
        List<Object> elements = Attribute.elements(value);
        String text = elements.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return escaped(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …");
    }

    /** The whole text, with invisible characters as {@code \\u001B}. */
    public static String escaped(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u%04X".formatted(c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
