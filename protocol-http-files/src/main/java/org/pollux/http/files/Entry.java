package org.pollux.http.files;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file or a folder of a path, in its directory, which stays open until this is closed.
 *
 * @param attributes the attributes at the time of the lookup
 */
record Entry(Directory directory, Path name, BasicFileAttributes attributes) implements AutoCloseable {

    boolean isFolder() {
        return attributes.isDirectory();
    }

    /** A regular file in the same folder, whose name is this name with a suffix. */
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
