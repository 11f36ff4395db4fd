package org.pollux.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file that is continued at the next start and renamed when it is full: {@code pollux.log} becomes
 * {@code pollux.1.log}, that becomes {@code pollux.2.log}, and the oldest is deleted. If another program renames or deletes the
 * file, a new one is begun within a second of the next record. The JDK's own FileHandler would also number the current file,
 * and leave lock files.
 */
final class RotatingFile extends Handler {

    /** Nanoseconds between two looks at whether the file is still the same. */
    private static final long LOOK = 1_000_000_000;

    private final Path file;
    private long limit;
    private int keep;
    private FileChannel channel;
    private Optional<Object> key = Optional.empty();
    private long looked;
    private boolean closed;

    /**
     * @param limit bytes; the file may have one line more
     * @param keep how many full files are kept in addition to the current one
     * @throws IOException when it cannot be written
     */
    RotatingFile(Path file, long limit, int keep) throws IOException {
        this.file = file;
        this.limit = limit;
        this.keep = keep;
        this.channel = open();
    }

    /** Other bounds, from the next record on. */
    synchronized void configure(long limit, int keep) {
        this.limit = limit;
        this.keep = keep;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry) || closed) {
            return;
        }
        try {
            lookAgain();
            if (!channel.isOpen()) { // it could not be reopened when it was renamed
                channel = open();
            }
            ByteBuffer line = StandardCharsets.UTF_8.encode(getFormatter().format(entry));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            if (channel.size() >= limit) {
                rotate();
            }
        } catch (IOException e) {
            reportError("cannot write " + file, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void lookAgain() {
        long now = System.nanoTime();
        if (now - looked >= LOOK) {
            looked = now;
            if (!currentKey().equals(key)) {
                reopen();
            }
        }
    }

    /** Goes on in the file of that name, whichever it is now. If it cannot be opened, the one before stays in use. */
    synchronized void reopen() {
        FileChannel before = channel;
        try {
            channel = open();
            before.close();
        } catch (IOException e) {
            reportError("cannot reopen " + file, e, ErrorManager.OPEN_FAILURE);
        }
    }

    private void rotate() throws IOException {
        channel.close();
        if (currentKey().equals(key)) { // otherwise another program has renamed it
            putAside();
        }
        channel = open();
    }

    private void putAside() throws IOException {
        if (keep == 0) {
            Files.delete(file);
            return;
        }
        for (int age = keep - 1; age >= 1; age--) {
            if (Files.exists(aside(age))) {
                Files.move(aside(age), aside(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path aside(int age) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "." + age + name.substring(dot));
    }

    private FileChannel open() throws IOException {
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        key = currentKey();
        looked = System.nanoTime();
        return opened;
    }

    /** What tells one file from another of the same name; empty when there is none, or where a system does not say. */
    private Optional<Object> currentKey() {
        try {
            Object current =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(current == null ? file : current);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Each line is handed to the system when it is logged. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
