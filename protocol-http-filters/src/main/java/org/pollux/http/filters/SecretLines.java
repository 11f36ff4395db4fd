package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Files of lines {@code name:secret}. Empty lines and those that begin with {@code #} mean nothing. */
final class SecretLines {

    /** Bytes of a file. */
    private static final int LIMIT = 1_000_000;

    private SecretLines() {}

    /**
     * Reads a file.
     *
     * @param secret reads the part behind the colon; throws {@link IllegalArgumentException} with the remedy
     * @return by their names
     * @throws IllegalArgumentException with the file, the line and the remedy, and never a secret
     */
    static <T> Map<String, T> read(Path file, Function<String, T> secret) throws IOException {
        Map<String, T> secrets = new LinkedHashMap<>();
        List<String> lines = List.of(text(file).split("\r?\n"));
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

    /** Reads one byte more than the limit, to detect a file that is too long. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new IllegalArgumentException(file + " is longer than " + LIMIT + " bytes");
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }
}
