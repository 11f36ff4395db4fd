package org.pollux.http.filters;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows up to a limit and is then renamed: {@code access.log} becomes {@code access.1.log}, that becomes
 * {@code access.2.log}, and the oldest is deleted. Other programs may move, delete or truncate it. So its name is
 * checked before each write, and if the file is not ours any more, it is opened again. For one thread, which may be
 * interrupted while it writes (a channel would close).
 */
final class LogFile implements AutoCloseable {

    private final Path file;
    private final long limit;
    private final int keep;
    private @Nullable FileOutputStream out;

    /** Device and inode of the open file; empty where the system has none. */
    private Optional<Object> key = Optional.empty();

    private long size;

    /**
     * Opens the file, or continues it.
     *
     * @param limit bytes; a single write may exceed it
     * @param keep how many full files are kept in addition to the current one
     */
    LogFile(Path file, long limit, int keep) throws IOException {
        this.file = file;
        this.limit = limit;
        this.keep = keep;
        open();
    }

    private FileOutputStream open() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder);
        }
        FileOutputStream opened = new FileOutputStream(file.toFile(), true);
        FileOutputStream before = out;
        out = opened;
        if (before != null) {
            before.close();
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        key = Optional.ofNullable(attributes.fileKey());
        size = attributes.size();
        return opened;
    }

    /** The file with the name at present: normally the open one. */
    private FileOutputStream current() throws IOException {
        FileOutputStream opened = out;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (opened != null && key.equals(Optional.ofNullable(attributes.fileKey()))) {
                size = attributes.size(); // somebody may have cut it
                return opened;
            }
        } catch (NoSuchFileException _) {
            // moved or deleted
        }
        return open();
    }

    /** Writes all of the lines or, if that fails, none: a full disk leaves no partial line. */
    void write(byte[] lines) throws IOException {
        FileOutputStream to = current();
        try {
            to.write(lines);
            size += lines.length;
        } catch (IOException e) {
            try {
                boolean _ = to.getChannel().truncate(size).isOpen();
            } catch (IOException inVain) {
                e.addSuppressed(inVain);
            }
            throw e;
        }
    }

    /** Renames the file and begins another. If that fails, it continues this one, and can be tried again. */
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
        open();
    }

    private Path aside(int age) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot < 0 ? name.length() : dot;
        return file.resolveSibling(name.substring(0, end) + "." + age + name.substring(end));
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
