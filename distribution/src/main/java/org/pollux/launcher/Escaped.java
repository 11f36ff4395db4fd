package org.pollux.launcher;

/**
 * Escapes untrusted text in a log. Control characters, all kinds of line ends, and characters that change the direction of a
 * text are written as {@code \u001B}. So one record is one line.
 */
final class Escaped {

    /** A longer text is cut: a peer's may have any length. */
    private static final int LONGEST = 16 * 1024;

    private Escaped() {}

    /** For a line of text. */
    static void text(StringBuilder to, String text) {
        append(to, text, false);
    }

    /** For the inside of a JSON string (RFC 8259, section 7). */
    static void json(StringBuilder to, String text) {
        append(to, text, true);
    }

    private static void append(StringBuilder to, String text, boolean json) {
        int end = Math.min(text.length(), LONGEST);
        for (int at = 0; at < end; ) {
            int c = text.codePointAt(at);
            int length = Character.charCount(c);
            if (json && (c == '"' || c == '\\')) {
                to.append('\\').append((char) c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                to.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (isPlain(c)) {
                to.appendCodePoint(c);
            } else {
                for (int i = at; i < at + length; i++) {
                    to.append("\\u").append("%04X".formatted((int) text.charAt(i)));
                }
            }
            at += length;
        }
        if (text.length() > end) {
            to.append(" … (").append(text.length() - end).append(" more characters)");
        }
    }

    private static boolean isPlain(int c) {
        if (c >= ' ' && c < 0x7F) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
