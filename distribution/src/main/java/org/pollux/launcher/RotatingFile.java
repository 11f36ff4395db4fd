package org.pollux.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file that is continued at the next start and put aside when it is full: {@code pollux.log} becomes
 * {@code pollux.1.log}, that one {@code pollux.2.log}, and the oldest is dropped. The JDK's own FileHandler would number the
 * current one, too, and leave lock files.
 */
final class RotatingFile extends Handler {

    private final Path file;
    private final long limit;
    private final int keep;
    private FileChannel channel;

    /**
     * @param limit bytes; a line more may be in the file
     * @param keep how many full files are kept beside the current one
     * @throws IOException when it cannot be written
     */
    RotatingFile(Path file, long limit, int keep) throws IOException {
        this.file = file;
        this.limit = limit;
        this.keep = keep;
        this.channel = open();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry) || !channel.isOpen()) {
            return;
        }
        try {
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

    private void rotate() throws IOException {
        channel.close();
        for (int age = keep - 1; age >= 1; age--) {
            if (Files.exists(aside(age))) {
                Files.move(aside(age), aside(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
        channel = open();
    }

    private Path aside(int age) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "." + age + name.substring(dot));
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Each line is handed to the system when it is logged. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
