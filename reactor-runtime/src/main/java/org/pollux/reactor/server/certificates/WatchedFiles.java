package org.pollux.reactor.server.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read from some files, and read again when they have changed. A bad one is refused, and the one before stays.
 *
 * <pre>
 *   CHANGED ──(the files stay the same for SETTLED)──▶ read ──good──▶ in force
 *                                                       │
 *                                                       └──bad for PATIENCE──▶ told; read again each minute, for time may help
 * </pre>
 *
 * <p>One thread turns it. Any thread may ask.
 *
 * @param <T> the type of the value, which is immutable
 */
public final class WatchedFiles<T> {

    /** Reads the value. */
    interface Reader<T> {
        T read() throws BadCertificateException;
    }

    /** A program that writes several files needs some time for all of them. */
    static final Duration SETTLED = Duration.ofMillis(500);

    static final Duration PATIENCE = Duration.ofMillis(1500);
    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

    private List<Object> stamps = List.of();
    private boolean settling;
    private boolean due;
    private long since;
    private long read;
    private volatile @Nullable T value;
    private volatile @Nullable String problem;

    /** Of files that were there before. */
    public WatchedFiles() {
        this(false);
    }

    private WatchedFiles(boolean settling) {
        this.settling = settling;
    }

    /** Of files that have just appeared, and are perhaps still written. */
    static <T> WatchedFiles<T> ofNewFiles() {
        return new WatchedFiles<>(true);
    }

    /** What changes with a file's content, and with what its owner lets others do. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object file, Object permissions) {}

    /**
     * Looks at the files once, and reads them if that is due.
     *
     * @param now in nanoseconds
     * @param atOnce whether not to wait until changed files settle; the first look at files that were there before never does
     */
    void look(List<Path> files, Reader<T> reader, long now, boolean atOnce) {
        List<Object> current = files.stream().map(WatchedFiles::stamp).toList();
        boolean early = !settling || atOnce;
        settling = true;
        if (!current.equals(stamps)) {
            stamps = current;
            since = now;
            due = true;
        }
        boolean again = problem != null && now - read >= AGAIN.toNanos();
        if ((due && (early || now - since >= SETTLED.toNanos())) || again) {
            read(files, reader, now, early);
        }
    }

    private void read(List<Path> files, Reader<T> reader, long now, boolean early) {
        read = now;
        try {
            value = reader.read();
            problem = null;
            due = false;
        } catch (BadCertificateException e) {
            refuse(String.valueOf(e.getMessage()), now, early);
        } catch (RuntimeException e) { // the JDK has not foreseen this content; the other files are still to be read
            LOG.debug("{} cannot be read", files, e);
            refuse(files + " cannot be read (" + e + "): write them again", now, early);
        }
    }

    private void refuse(String reason, long now, boolean early) {
        if (early || now - since >= PATIENCE.toNanos()) {
            problem = reason + (value == null ? "" : ". The one before stays in force");
            due = false;
        }
    }

    /** The files are not there; whether for so long that they were deleted, and not just replaced. */
    boolean isGone(long now) {
        if (!stamps.isEmpty()) {
            stamps = List.of();
            since = now;
        }
        return now - since >= PATIENCE.toNanos();
    }

    /** The value in force. From any thread. */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Why the files are refused, with the remedy. From any thread. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private static Object stamp(Path file) {
        try {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(basic.size(), basic.lastModifiedTime(), basic.fileKey(), permissions(file));
        } catch (NoSuchFileException _) {
            return "absent";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Object permissions(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException _) {
            return "none";
        }
    }
}
