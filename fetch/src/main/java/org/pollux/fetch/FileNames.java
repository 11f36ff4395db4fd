package org.pollux.fetch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pollux.http.client.Url;

/**
 * The files in one folder that URLs are saved to: each has the name of the last part of its URL's path, decoded;
 * {@code index.html} when that is empty. A name that is taken already gets a number: {@code a-2.txt}.
 *
 * <p>A name that could mean another place (a slash, a backslash, a control character, dots alone, however encoded) is
 * refused.
 */
final class FileNames {

    private final Path folder;

    /** In lower case: there are file systems that make no difference. */
    private final Set<String> taken = new HashSet<>();

    /** The number that comes next for a name, in lower case: those below it are taken. */
    private final Map<String, Integer> next = new HashMap<>();

    FileNames(Path folder) {
        this.folder = folder;
    }

    /**
     * The file for the next URL.
     *
     * @throws IllegalArgumentException when the URL has no name that is safe
     */
    Path next(Url url) {
        String raw = url.path().substring(url.path().lastIndexOf('/') + 1);
        String name = raw.isEmpty() ? "index.html" : writable(decode(raw), raw);
        requireSafe(name);
        String free = name;
        while (!taken.add(free.toLowerCase(Locale.ROOT))) {
            free = numbered(name, next.merge(name.toLowerCase(Locale.ROOT), 2, (number, _) -> number + 1));
        }
        return folder.resolve(free);
    }

    /** In a locale that has no letters beyond ASCII, a name with such letters stays encoded. */
    private String writable(String name, String raw) {
        requireSafe(name);
        try {
            Path _ = folder.resolve(name);
            return name;
        } catch (InvalidPathException e) {
            return raw;
        }
    }

    private static void requireSafe(String name) {
        boolean safe = !name.isEmpty() && !name.equals(".") && !name.equals("..");
        for (int i = 0; i < name.length() && safe; i++) {
            char letter = name.charAt(i);
            safe = letter != '/' && letter != '\\' && !Character.isISOControl(letter);
        }
        if (!safe) {
            String shown = name.replaceAll("\\p{Cntrl}", "?");
            throw new IllegalArgumentException("the last part of its path, '" + shown + "', is not a name for a file");
        }
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) + "-" + number + name.substring(dot) : name + "-" + number;
    }

    /** Decoded bytes that are not UTF-8 stay encoded. */
    private static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            int octet = raw.charAt(at) == '%' ? octet(raw, at + 1) : -1;
            bytes.put(octet < 0 ? (byte) raw.charAt(at) : (byte) octet);
            at += octet < 0 ? 0 : 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return raw;
        }
    }

    /** The value of two hexadecimal digits; -1 when there are none. */
    private static int octet(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
