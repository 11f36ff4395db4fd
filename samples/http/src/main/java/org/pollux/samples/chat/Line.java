package org.pollux.samples.chat;

import org.pollux.http.HttpException;

/**
 * Something that was said.
 *
 * @param id rises with each line
 */
record Line(long id, String name, String text) {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_TEXT = 500;

    Line {
        if (name.isBlank() || name.length() > LONGEST_NAME || text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new HttpException(
                    400,
                    "A line has a name of 1 to " + LONGEST_NAME + " and a text of 1 to " + LONGEST_TEXT
                            + " characters");
        }
    }

    String json() {
        return "{\"id\":" + id + ",\"name\":" + quoted(name) + ",\"text\":" + quoted(text) + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
