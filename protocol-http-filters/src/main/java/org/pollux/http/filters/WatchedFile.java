package org.pollux.http.filters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

    private final Path folder;
    private final String name;
    private final Reader<T> reader;
    private @Nullable Version read;
    private volatile @Nullable T content;
    private volatile List<String> faults = List.of();

    /**
     * Reads it for the first time.
     *
     * @param name within the folder, or absolute; empty when the folder is the file
     */
    WatchedFile(Path folder, String name, Reader<T> reader) {
        this.folder = folder;
        this.name = name;
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
            Path file = folder.resolve(name);
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
            fail(named() + " cannot be read: " + e);
        } catch (InvalidPathException e) {
            fail("file = " + name.replaceAll("[^ -~]", "?") + " is not the name of a file: " + e.getReason());
        } catch (RuntimeException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (Error e) { // such as a lack of memory: it must not end the thread that looks
            read = null;
            fail(named() + " cannot be read: " + e);
        }
    }

    private String named() {
        return folder.resolve(name).toString();
    }

    private void fail(String reason) {
        String fault = reason + "; " + (content == null ? "all requests get 503" : "the content before stays in force");
        if (!faults.equals(List.of(fault))) {
            LOG.error("{}", fault);
        }
        faults = List.of(fault);
    }
}
