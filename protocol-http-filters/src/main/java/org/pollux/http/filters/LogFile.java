package org.pollux.http.filters;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that grows up to a limit and is put aside then: {@code access.log} becomes {@code access.1.log}, that one {@code
 * access.2.log}, and the oldest is dropped. For one thread, which may be interrupted while it writes (a channel would close).
 */
final class LogFile implements AutoCloseable {

    private final Path file;
    private final long limit;
    private final int keep;
    private OutputStream out;
    private long size;

    /**
     * Opens the file, or continues it.
     *
     * @param limit bytes; what is written at once may be more
     * @param keep how many full files are kept beside the current one
     */
    LogFile(Path file, long limit, int keep) throws IOException {
        this.file = file;
        this.limit = limit;
        this.keep = keep;
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.out = open();
    }

    private OutputStream open() throws IOException {
        OutputStream opened = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
        return opened;
    }

    /** Writes whole lines. */
    void write(byte[] lines) throws IOException {
        out.write(lines);
        size += lines.length;
    }

    /** Puts the file aside and begins another. When that fails, it goes on with this one, and can be tried again. */
    void rotateWhenFull() throws IOException {
        if (size < limit) {
            return;
        }
        for (int age = keep - 1; age >= 1; age--) {
            if (Files.exists(aside(age))) {
                Files.move(aside(age), aside(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (keep > 0) {
            Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(file);
        }
        OutputStream full = out;
        out = open();
        full.close();
    }

    private Path aside(int age) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot < 0 ? name.length() : dot;
        return file.resolveSibling(name.substring(0, end) + "." + age + name.substring(end));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
