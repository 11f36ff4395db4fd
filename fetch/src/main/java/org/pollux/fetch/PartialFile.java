package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pollux.http.Headers;
import org.pollux.http.client.Url;

/**
 * The part of a file, {@code NAME.part}, and beside it {@code NAME.part-of}: the URL, and what tells whether the file has changed
 * since (a strong {@code ETag}, or {@code Last-Modified} when it is strong; RFC 9110, section 8.8), or an empty line. A part without
 * the other file is somebody else's. It is neither continued nor replaced.
 */
final class PartialFile {

    /** A URL and a field are shorter: the heads of requests and responses have limits. */
    private static final long LONGEST_ORIGIN = 128 * 1024;

    private final Path part;
    private final Path origin;
    private final Url url;
    private String validator = "";

    PartialFile(Path file, Url url) {
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.origin = file.resolveSibling(file.getFileName() + ".part-of");
        this.url = url;
    }

    /** Whether the name is kept for parts. In any case of letters: some file systems make no difference. */
    static boolean isNameOfPart(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".part") || name.endsWith(".part-of");
    }

    Path part() {
        return part;
    }

    /** What {@link #begun} has found. */
    String validator() {
        return validator;
    }

    /** The bytes of a part that can be continued; 0 when there is none. */
    long begun() {
        try {
            List<String> lines = isRegular(part) ? originLines() : List.of();
            if (!lines.isEmpty()
                    && lines.getFirst().equals(url.toString())
                    && !lines.get(1).isEmpty()) {
                validator = lines.get(1);
                return Files.size(part);
            }
            return 0;
        } catch (IOException e) { // there is none
            return 0;
        }
    }

    /** The two lines beside the part; none when it is not a part of ours. */
    private List<String> originLines() throws IOException {
        if (!isRegular(origin) || Files.size(origin) > LONGEST_ORIGIN) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(origin, ISO_8859_1);
        return lines.size() == 2 && lines.getFirst().contains("://") ? lines : List.of();
    }

    /** A file of that name which this command has not written. */
    private void requireOurs() throws IOException {
        for (Path file : List.of(part, origin)) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && originLines().isEmpty()) {
                throw new IOException(file + ": it is there, and is not a part that 'fetch -C' has left; rename it");
            }
        }
    }

    /** A link could lead to a file that is not a part; a pipe would hold up the reactor. */
    private static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Begins from the start.
     *
     * @throws IOException also when a file of that name is not ours
     */
    FileChannel begin(Headers headers) throws IOException {
        requireOurs();
        validator = validator(headers);
        delete();
        Files.writeString(origin, url + "\n" + validator + "\n", ISO_8859_1, StandardOpenOption.CREATE_NEW);
        return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The rest is appended. A link is not followed: it was not there when the part was found. */
    FileChannel append() throws IOException {
        return FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a response says that its file is another one, though it was asked for the rest of this one. */
    boolean isOfAnother(Headers headers) {
        String field = validator.startsWith("\"") ? "ETag" : "Last-Modified";
        return headers.first(field).filter(now -> !now.equals(validator)).isPresent();
    }

    void delete() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(origin);
    }

    /** A part without a validator is of no use: it may no longer fit. */
    void deleteUnlessResumable() throws IOException {
        if (begun() == 0 && !originLines().isEmpty()) {
            delete();
        }
    }

    private static String validator(Headers headers) {
        Optional<String> tag = headers.first("ETag").filter(text -> text.startsWith("\""));
        return tag.or(() -> headers.first("Last-Modified").filter(date -> isStrong(date, headers)))
                .orElse("");
    }

    /** A file that was changed in the second of the response may change once more in it. */
    private static boolean isStrong(String modified, Headers headers) {
        try {
            Instant changed = instant(modified);
            Instant told = instant(headers.first("Date").orElse(""));
            return Duration.between(changed, told).compareTo(Duration.ofSeconds(1)) >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Instant instant(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }
}
