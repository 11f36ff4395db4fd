package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix-domain socket. Another program may own the name, or take it at any time. So a file is deleted only when
 * it is known to be a left-over, or our own.
 *
 * <p>For one thread at a time, except for {@link #isInPlace}.
 */
public final class SocketFile {

    /** A listener that does not accept keeps every probe in its backlog, so it is not probed each second. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(16);

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    /**
     * Distinguishes a file from all others that have had its name.
     *
     * @param key device and inode
     * @param created time of creation, because inode numbers are reused
     */
    record Identity(Object key, FileTime created) {

        /** The identity of the file with an existing name; empty for a file system without inodes. */
        static @Nullable Identity of(Path file) throws IOException {
            return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }

        static @Nullable Identity of(BasicFileAttributes attributes) {
            Object key = attributes.fileKey();
            return key == null ? null : new Identity(key, attributes.creationTime());
        }
    }

    private final Path path;
    private volatile @Nullable Identity own;

    /** The identity of the file on which a program listened when it was probed. */
    private @Nullable Identity busy;

    private long pause;
    private long nextProbe;

    public SocketFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    // ---- before the bind

    /**
     * Deletes the file if it is a socket on which no program listens any more.
     *
     * @throws BindException when another program has the name; the message describes the file
     */
    void clear() throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException _) {
            return;
        }
        if (found.isSymbolicLink()) {
            throw new BindException(path + " is a symbolic link, and is left alone");
        } else if (!isSocket(found)) {
            throw new BindException(path + " is not a socket, and is left alone"); // a connect is also refused
        }
        Identity identity = Identity.of(found);
        if (isListenedOn(identity)) {
            throw new BindException("Somebody listens on " + path + " already");
        } else if (identity == null || !delete(identity)) {
            throw new BindException(path + " was replaced a moment ago, and is left alone");
        }
        LOG.info("{} was left behind by a program that has ended, and is deleted", path);
    }

    /** Java reports a pipe or a device as "other" as well. */
    private boolean isSocket(BasicFileAttributes found) throws IOException {
        if (!found.isOther()) {
            return false;
        }
        try {
            return Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                    && (mode & TYPE) == SOCKET;
        } catch (UnsupportedOperationException _) {
            return true; // a system without that view has no other "other"
        }
    }

    private boolean isListenedOn(@Nullable Identity identity) throws IOException {
        boolean known = identity != null && identity.equals(busy);
        if (known && System.nanoTime() - nextProbe < 0) {
            return true;
        }
        boolean listened = listens();
        if (listened) {
            busy = identity;
            pause = known ? Math.min(pause * 2, LONGEST_PAUSE) : TimeUnit.SECONDS.toNanos(1);
            nextProbe = System.nanoTime() + pause;
        }
        return listened;
    }

    /** Never waits, because the calling thread must not depend on another program. */
    private boolean listens() throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException _) {
            return false;
        } catch (BindException e) { // not permitted
            throw (BindException) new BindException(
                            "It cannot be checked whether another program listens on " + path + ": " + e.getMessage())
                    .initCause(e);
        } catch (SocketException _) {
            return true; // a full backlog, or a datagram socket
        }
    }

    // ---- while the socket is bound

    /** The file is this socket's: directly after the bind, which has made it, or when another process leaves it to this one. */
    public void made() throws IOException {
        own = Identity.of(path);
    }

    /** The file belongs to another process from now on, and is not deleted. From any thread. */
    public void leave() {
        own = null;
    }

    /** Whether clients that open the name reach this socket. From any thread. */
    public boolean isInPlace() {
        try {
            Identity ours = own;
            return ours == null || ours.equals(Identity.of(path));
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Deletes the file unless another file has its name by now. The socket must still be open, because it keeps its inode
     * from being reused.
     */
    void deleteOwn() {
        Identity ours = own;
        own = null;
        try {
            if (ours != null && !delete(ours)) {
                LOG.info("{} is another program's by now, and is left alone", path);
            }
        } catch (NoSuchFileException _) {
            LOG.debug("{} was deleted by another program", path);
        } catch (IOException e) {
            LOG.warn("The socket file {} cannot be deleted: {}", path, e.toString());
        }
    }

    // ---- deletes that file and no other

    private boolean delete(Identity expected) throws IOException {
        return expected.equals(Identity.of(path)) && deleteAside(path, expected);
    }

    /**
     * Deletes a file that may be replaced at any moment. The file is checked again under a private name. Another program's
     * file gets its name back, unless a third file has the name by then.
     */
    static boolean deleteAside(Path path, Identity expected) throws IOException {
        Path aside = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid());
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        if (expected.equals(Identity.of(aside))) {
            Files.delete(aside);
            return true;
        }
        try {
            Files.createLink(path, aside);
            Files.delete(aside);
        } catch (FileAlreadyExistsException e) {
            LOG.warn("{} was replaced twice at once by other programs; the one before is {}", path, aside, e);
        }
        return false;
    }
}
