package org.pollux.http.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A field or a file of a {@link MultipartForm}. It is valid until the form is closed. For one thread at a time. */
public final class Part {

    /** The permissions of a part that was in a temporary file, and so has them already. */
    private static final FileAttribute<?>[] OWNERS = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private static final FileAttribute<?>[] NONE = {};

    private final PartHead head;
    private final byte[] memory;
    private final @Nullable Path file;
    private final long size;

    Part(PartHead head, byte[] memory, @Nullable Path file, long size) {
        this.head = head;
        this.memory = memory;
        this.file = file;
        this.size = size;
    }

    /** Its name, its type, the name of its file. */
    public PartHead head() {
        return head;
    }

    /** Bytes of the content. */
    public long size() {
        return size;
    }

    /** Opens the content, which can be read several times. */
    public InputStream inputStream() throws IOException {
        return file == null ? new ByteArrayInputStream(memory) : Files.newInputStream(file);
    }

    /** The content as UTF-8 (RFC 7578, section 5.1.2), in memory. Octets that are not UTF-8 become U+FFFD. */
    public String text() throws IOException {
        return new String(file == null ? memory : Files.readAllBytes(file), UTF_8);
    }

    /**
     * Moves the content to a file. It costs little on the file system of the form's folder. The part cannot be read
     * afterwards if it was in a file. Only the owner can read the file, until you change its permissions.
     *
     * @param to must not exist; choose its name yourself, because {@link PartHead#fileName} is whatever the client says
     * @throws java.nio.file.FileAlreadyExistsException when it exists
     */
    public void moveTo(Path to) throws IOException {
        if (file == null) {
            boolean posix = to.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.write(Files.createFile(to, posix ? OWNERS : NONE), memory);
        } else {
            Files.move(file, to);
        }
    }

    /** Deletes its file, if it has one that was not moved. */
    void delete() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
