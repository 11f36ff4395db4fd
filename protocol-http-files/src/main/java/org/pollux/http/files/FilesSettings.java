package org.pollux.http.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files are served, and how.
 *
 * @param folder what is served; nothing outside of it is, unless links are followed. It may be a symbolic link itself, and be
 *     exchanged at any time
 * @param index the names of files that stand for their folder, the first that is there
 * @param followLinks whether symbolic links are followed, wherever they lead; else what is behind one is not there
 * @param hidden whether names that begin with a dot are there; {@code .well-known} always is (RFC 8615)
 * @param precompressed whether {@code NAME.br} and {@code NAME.gz} are sent in the place of {@code NAME} to clients that can
 *     read them
 * @param cacheControl the field of that name (RFC 9111, section 5.2)
 * @param charset what is said of texts; nothing is when it is empty
 * @param types media types by extension, lower-case and without the dot, which come before those that are known
 */
public record FilesSettings(
        Path folder,
        List<String> index,
        boolean followLinks,
        boolean hidden,
        boolean precompressed,
        Optional<String> cacheControl,
        String charset,
        Map<String, String> types) {

    public FilesSettings {
        index = List.copyOf(index);
        types = Map.copyOf(types);
    }

    /** A folder with {@code index.html}, without links and hidden files; precompressed siblings are used. */
    public static FilesSettings of(Path folder) {
        return new FilesSettings(
                folder, List.of("index.html"), false, false, true, Optional.empty(), "utf-8", Map.of());
    }

    public FilesSettings withLinks() {
        return new FilesSettings(folder, index, true, hidden, precompressed, cacheControl, charset, types);
    }

    public FilesSettings withHidden() {
        return new FilesSettings(folder, index, followLinks, true, precompressed, cacheControl, charset, types);
    }

    public FilesSettings withCacheControl(String value) {
        return new FilesSettings(folder, index, followLinks, hidden, precompressed, Optional.of(value), charset, types);
    }
}
