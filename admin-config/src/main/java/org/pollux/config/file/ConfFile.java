package org.pollux.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One watched file. It is used when it has not changed for a while.
 *
 * <pre>
 *   CHANGING --(size, time and file stay for SETTLED)--> complete: taken
 *      |  \--(the same, but it is empty or its last line has no end)--> waits until PATIENCE, then taken
 *      |
 *      +--(it is missing for PATIENCE)--> deleted
 * </pre>
 */
final class ConfFile {

    /** More than a whole poll, in nanoseconds. */
    static final long SETTLED = 500_000_000;

    /** A program that rewrites a file empties it first. This is the time that it has for the rest, in nanoseconds. */
    static final long PATIENCE = 1_500_000_000;

    /** Attributes that change with the content. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object file) {}

    final Path path;
    private @Nullable Stamp stamp;
    private long since;
    private boolean taken;

    ConfFile(Path path) {
        this.path = path;
    }

    /**
     * Looks at the file.
     *
     * @param now in nanoseconds
     * @param atOnce at the start: nothing is in force yet that a half-written file could replace
     * @return the content, if it is complete and was not taken yet
     */
    Optional<byte[]> look(long now, boolean atOnce) throws IOException {
        Stamp current = stamp();
        if (!current.equals(stamp)) {
            stamp = current;
            since = now;
            taken = false;
        }
        if (taken || (!atOnce && now - since < SETTLED)) {
            return Optional.empty();
        }
        byte[] content = read();
        boolean ends = content.length > 0 && (content[content.length - 1] == '\n' || content[content.length - 1] == 0);
        boolean early = !ends && !atOnce && now - since < PATIENCE;
        if (early || !current.equals(stamp())) {
            return Optional.empty();
        }
        taken = true;
        return Optional.of(content);
    }

    /** Reads one byte more than the limit, to detect a file that is too long. */
    private byte[] read() throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(CfgFile.MOST + 1);
        }
    }

    /** Whether it has been missing for so long that it was deleted and not just replaced. */
    boolean isGone(long now) {
        if (stamp != null) {
            stamp = null;
            since = now;
        }
        return now - since >= PATIENCE;
    }

    /** Whether its present content was taken. */
    boolean isTaken() {
        try {
            return taken && stamp().equals(stamp);
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the file count as changed. */
    void forget() {
        taken = false;
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isOther()) { // a pipe would hold up the thread that reads it
            throw new IOException("it is not a regular file");
        }
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
}
