package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The media type of a file, by the extension of its name. */
final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";

    /** A type and its extensions in each line. */
    private static final String KNOWN = """
            application/atom+xml atom
            application/gzip gz
            application/java-archive jar
            application/json json map
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/pdf pdf
            application/rss+xml rss
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/wasm wasm
            application/x-tar tar
            application/x-bzip2 bz2
            application/x-xz xz
            application/xhtml+xml xhtml
            application/xml xml xsl
            application/zip zip
            application/zstd zst
            audio/flac flac
            audio/mpeg mp3
            audio/ogg ogg oga opus
            audio/wav wav
            font/otf otf
            font/ttf ttf
            font/woff woff
            font/woff2 woff2
            image/avif avif
            image/bmp bmp
            image/gif gif
            image/jpeg jpg jpeg
            image/png png
            image/svg+xml svg
            image/vnd.microsoft.icon ico
            image/webp webp
            text/calendar ics
            text/css css
            text/csv csv
            text/html html htm
            text/javascript js mjs
            text/markdown md
            text/plain txt text log
            text/vtt vtt
            video/mp4 mp4 m4v
            video/mpeg mpeg mpg
            video/ogg ogv
            video/quicktime mov
            video/webm webm
            """;

    private final Map<String, String> byExtension = new HashMap<>();
    private final String charset;

    /**
     * Creates a table of the usual types.
     *
     * @param more types by extension, which precede the usual ones
     * @param charset for types of texts that do not name one; empty for none
     */
    MediaTypes(Map<String, String> more, String charset) {
        for (String line : KNOWN.lines().toList()) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                byExtension.put(words[i], words[0]);
            }
        }
        byExtension.putAll(more);
        this.charset = charset.isEmpty() ? "" : "; charset=" + charset;
    }

    /** The value for {@code Content-Type}. It asks the system about an unknown extension, and may block. */
    String of(Path name) {
        String text = name.toString();
        String extension = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = Optional.ofNullable(byExtension.get(extension)).orElseGet(() -> ask(name));
        return type.startsWith("text/") && type.indexOf(';') < 0 ? type + charset : type;
    }

    private static String ask(Path name) {
        try {
            return Optional.ofNullable(Files.probeContentType(name)).orElse(UNKNOWN);
        } catch (IOException _) {
            return UNKNOWN;
        }
    }
}
