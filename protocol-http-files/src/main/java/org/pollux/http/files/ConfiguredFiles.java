package org.pollux.http.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates settings from a configuration. */
final class ConfiguredFiles {

    private ConfiguredFiles() {}

    /**
     * Converts each value.
     *
     * @param home the folder for relative paths
     * @throws IllegalArgumentException with the key that cannot be used, and the remedy
     */
    static FilesSettings of(FilesConfiguration from, Path home) {
        return new FilesSettings(
                folder(from.folder(), home),
                list(from.index()),
                from.followLinks(),
                from.hidden(),
                from.precompressed(),
                text("cacheControl", from.cacheControl()),
                text("charset", from.charset()).orElse(""),
                types(list(from.types())));
    }

    private static Path folder(@Nullable String folder, Path home) {
        if (folder == null || folder.isBlank()) {
            throw new IllegalArgumentException("No folder is configured: set folder = /some/folder");
        }
        try {
            return home.resolve(folder.strip());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("folder = " + folder + " is not a path: " + e.getReason(), e);
        }
    }

    /** The value of a field. A value with a line end would break every response. */
    private static Optional<String> text(String key, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(key + " = " + value + " must have ASCII characters only");
        }
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    private static Map<String, String> types(List<String> entries) {
        Map<String, String> types = new HashMap<>();
        for (String entry : entries) {
            String[] parts = entry.split("=", 2);
            if (parts.length < 2 || !parts[1].strip().matches("[\\w.+-]+/[\\w.+-]+( *;[ -~]*)?")) {
                throw new IllegalArgumentException("types = " + entry + " must be like foo=text/x-foo");
            }
            String extension = parts[0].strip().toLowerCase(Locale.ROOT);
            types.put(extension.startsWith(".") ? extension.substring(1) : extension, parts[1].strip());
        }
        return types;
    }

    /** A file has one text for all of them, separated by commas. */
    private static List<String> list(String[] values) {
        return Stream.of(values)
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
