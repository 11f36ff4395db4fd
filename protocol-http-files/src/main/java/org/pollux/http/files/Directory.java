package org.pollux.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * An open directory. Its entries are reached from its descriptor (openat, fstatat), one name at a time. So a link that
 * somebody puts in the place of a folder meanwhile leads nowhere else. For one thread at a time.
 */
final class Directory implements AutoCloseable {

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    private final SecureDirectoryStream<Path> stream;
    private final LinkOption[] links;

    private Directory(SecureDirectoryStream<Path> stream, LinkOption[] links) {
        this.stream = stream;
        this.links = links;
    }

    /**
     * Opens a directory, which itself may be a link.
     *
     * @throws IOException if it cannot be opened, or its file system cannot reach a file from a directory
     */
    @SuppressWarnings("StreamResourceLeak") // it is closed with the directory
    static Directory open(Path path, boolean followLinks) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new Directory(secure, followLinks ? FOLLOW : NO_FOLLOW);
        }
        stream.close();
        throw new IOException(
                "The file system of " + path
                        + " has no openat, which is needed to keep clients inside the folder: serve a folder on Linux or macOS");
    }

    /**
     * The entry of a name. Empty if it does not exist, is behind a link that is not followed, or is a broken link.
     *
     * @throws AccessDeniedException if the system does not permit the access
     */
    Optional<BasicFileAttributes> attributes(Path name) throws IOException {
        try {
            return Optional.of(stream.getFileAttributeView(name, BasicFileAttributeView.class, links)
                    .readAttributes());
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException _) {
            return Optional.empty(); // not there, not in a directory, a loop of links, a name too long for a file
        }
    }

    /** Opens a subdirectory, and closes this one. Empty if the name is not a directory. */
    Optional<Directory> enter(Path name) throws IOException {
        try (Directory _ = this) {
            boolean there =
                    attributes(name).filter(BasicFileAttributes::isDirectory).isPresent();
            return there ? Optional.of(new Directory(stream.newDirectoryStream(name, links), links)) : Optional.empty();
        }
    }

    /** Opens a file, which must be known to be a regular one: opening others may block for ever. */
    FileChannel file(Path name) throws IOException {
        Set<OpenOption> options = links.length == 0
                ? Set.of(StandardOpenOption.READ)
                : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return (FileChannel) stream.newByteChannel(name, options);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
