package org.pollux.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of the log, and what is logged from now on. A log that is renamed because it is full is followed into the next one. */
final class LogTail {

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final int PIECE = 8192;

    private final Path file;
    private final OutputStream out;

    LogTail(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Prints the last lines.
     *
     * @return where the file ended
     */
    long last(int lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long end = channel.size();
            copy(channel, startOf(channel, end, lines), end);
            return end;
        }
    }

    /** Prints what comes behind a place, until the thread is interrupted, or nobody listens any more. */
    void follow(long from) throws IOException, InterruptedException {
        long at = from;
        FileChannel channel = FileChannel.open(file);
        Object key = key();
        try {
            while (true) {
                at = copy(channel, at, channel.size());
                Object now = key();
                if (now != null && !Objects.equals(key, now)) {
                    copy(channel, at, channel.size()); // the last lines of the one before
                    channel.close();
                    channel = FileChannel.open(file);
                    key = now;
                    at = 0;
                } else {
                    at = Math.min(at, channel.size()); // it may have been cut
                    Thread.sleep(GLANCE);
                }
            }
        } finally {
            channel.close();
        }
    }

    /** Distinguishes a file from another of the same name; null while there is none. */
    private @Nullable Object key() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** Looks for line feeds from the end on. */
    private static long startOf(FileChannel channel, long end, int lines) throws IOException {
        int found = 0;
        for (long to = end; to > 0; to -= Math.min(PIECE, to)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, to));
            long from = to - piece.capacity();
            while (piece.hasRemaining() && channel.read(piece, from + piece.position()) >= 0) {}
            for (int i = piece.position() - 1; i >= 0; i--) {
                if (piece.get(i) == '\n' && from + i + 1 < end && ++found == lines) {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private long copy(FileChannel channel, long from, long end) throws IOException {
        long at = from;
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (at < end) {
            int count = channel.read(piece.clear().limit((int) Math.min(PIECE, end - at)), at);
            if (count < 0) {
                break;
            }
            out.write(piece.array(), 0, count);
            at += count;
        }
        out.flush();
        return at;
    }
}
