package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file or a folder that a path names, in its directory, which is open until this is closed.
 *
 * @param attributes as they were when it was looked for
 */
record Entry(Directory directory, Path name, BasicFileAttributes attributes) implements AutoCloseable {

    boolean isFolder() {
        return attributes.isDirectory();
    }

    /** A regular file beside this one, whose name continues with something else. */
    Optional<Entry> sibling(String suffix) throws IOException {
        Path other = name.resolveSibling(name + suffix);
        return directory
                .attributes(other)
                .filter(BasicFileAttributes::isRegularFile)
                .map(found -> new Entry(directory, other, found));
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
