package org.pollux.http.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files to serve, and how.
 *
 * @param folder the folder. Nothing outside of it is served, unless links are followed. It may be a symbolic link
 *     itself, and may change at any time
 * @param index the names of index files; the first one that exists is sent for its folder
 * @param followLinks whether symbolic links are followed, wherever they lead. Otherwise a path through a link is 404
 * @param hidden whether names that begin with a dot are served; {@code .well-known} always is (RFC 8615)
 * @param precompressed whether {@code NAME.br} and {@code NAME.gz} are sent instead of {@code NAME} to clients that
 *     accept them
 * @param cacheControl the field {@code Cache-Control} (RFC 9111, section 5.2)
 * @param charset the charset of texts; if empty, none is sent
 * @param types media types by extension, lower-case and without the dot, which precede the known ones
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

    /** A folder with {@code index.html}, without links and hidden files, and with precompressed siblings. */
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
