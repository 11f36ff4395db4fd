package org.pollux.servlet.body;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/**
 * A media type and its charset (RFC 9110, section 8.3), apart from each other because servlets set them apart.
 *
 * @param type without the charset: {@code text/html}
 * @param charset as it was written
 */
public record ContentType(String type, Optional<String> charset) {

    public static ContentType of(String field) {
        int at = field.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0 || field.lastIndexOf(';', at) < 0) {
            return new ContentType(field.strip(), Optional.empty());
        }
        int end = field.indexOf(';', at);
        String charset =
                field.substring(at + 8, end < 0 ? field.length() : end).strip().replace("\"", "");
        String rest = end < 0 ? "" : field.substring(end);
        return new ContentType(
                field.substring(0, field.lastIndexOf(';', at)).strip() + rest,
                charset.isEmpty() ? Optional.empty() : Optional.of(charset));
    }

    /** Whether it is that type, whatever its parameters. */
    public boolean is(String essence) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(essence);
    }

    /** The charset of that name; empty when the JVM has none. */
    public static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }
}
