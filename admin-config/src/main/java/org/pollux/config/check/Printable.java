package org.pollux.config.check;

import java.util.List;
import java.util.stream.Collectors;

/** Makes a value fit to be shown in a line: short, and without what a terminal would obey. */
public final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** One value or several, with commas between. */
    public static String of(Object value) {
        List<Object> elements = Attribute.elements(value);
        String text = elements.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return escaped(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …");
    }

    /** The whole text, with {@code \\u001B} in the place of what is not seen. */
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
