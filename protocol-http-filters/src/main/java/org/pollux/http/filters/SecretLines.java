package org.pollux.http.filters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Files of lines {@code name:secret}. Empty lines and those that begin with {@code #} mean nothing. */
final class SecretLines {

    /** Bytes of a file. */
    private static final long LIMIT = 1_000_000;

    private SecretLines() {}

    /**
     * Reads a file.
     *
     * @param secret reads the part behind the colon; throws {@link IllegalArgumentException} with the remedy
     * @return by their names
     * @throws IllegalArgumentException with the file, the line and the remedy, and never a secret
     */
    static <T> Map<String, T> read(Path file, Function<String, T> secret) throws IOException {
        if (Files.size(file) > LIMIT) {
            throw new IllegalArgumentException(file + " is longer than " + LIMIT + " bytes");
        }
        Map<String, T> secrets = new LinkedHashMap<>();
        List<String> lines =
                List.of(Files.readString(file, StandardCharsets.UTF_8).split("\r?\n"));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            try {
                if (colon < 1) {
                    throw new IllegalArgumentException("a line is NAME:SECRET");
                }
                if (secrets.put(line.substring(0, colon), secret.apply(line.substring(colon + 1))) != null) {
                    throw new IllegalArgumentException("the name has a line before");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": " + e.getMessage());
            }
        }
        return secrets;
    }
}
