package org.pollux.http.filters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a file that somebody edits. When it cannot be read, the content before stays in force; if there was none,
 * there is none, and its user must refuse what it protects. {@link #look} is for one thread, everything else for any.
 */
final class WatchedFile<T> {

    /** Reads a file. */
    @FunctionalInterface
    interface Reader<T> {

        T read(Path file) throws IOException;
    }

    private record Version(long size, long time, @Nullable Object key) {}

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Reader<T> reader;
    private @Nullable Version read;
    private volatile @Nullable T content;
    private volatile List<String> faults = List.of();

    /** Reads it for the first time. */
    WatchedFile(Path file, Reader<T> reader) {
        this.file = file;
        this.reader = reader;
        look();
    }

    /** Its content; null when it could never be read. */
    @Nullable
    T content() {
        return content;
    }

    /** Why the present file is not in force. */
    List<String> faults() {
        return faults;
    }

    /** Reads the file if it has changed. */
    void look() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                throw new IOException("It is not a regular file"); // opening a pipe would wait for its writer
            }
            Version version = new Version(now.size(), now.lastModifiedTime().toMillis(), now.fileKey());
            if (!version.equals(read)) {
                read = version;
                content = reader.read(file);
                faults = List.of();
            }
        } catch (IOException e) {
            read = null;
            fail(file + " cannot be read: " + e);
        } catch (RuntimeException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String reason) {
        String fault = reason + "; " + (content == null ? "all requests get 503" : "the content before stays in force");
        if (!faults.equals(List.of(fault))) {
            LOG.error("{}", fault);
        }
        faults = List.of(fault);
    }
}
