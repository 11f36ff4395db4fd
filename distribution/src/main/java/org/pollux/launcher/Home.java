package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folder of one server's state. Everything is created for its owner only, because a user who can write to conf/ or deploy/
 * can run code as the server. An existing folder keeps its permissions.
 *
 * <pre>
 *   conf/     configuration, NAME.cfg for the PID NAME; yours: created once from the defaults, never written again
 *   deploy/   bundles and more configuration; you add and remove files while the server runs
 *   log/      pollux.log and the older ones
 *   run/      pollux.pid, state, shell.sock, upgrade.sock; closed to others, always
 *   cache/    the framework's cache, of each process its own; created again at each start
 * </pre>
 */
record Home(Path root) {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    Path conf() {
        return root.resolve("conf");
    }

    Path deploy() {
        return root.resolve("deploy");
    }

    Path log() {
        return root.resolve("log");
    }

    Path run() {
        return root.resolve("run");
    }

    Path cache() {
        return root.resolve("cache");
    }

    /** Of this process: two frameworks cannot share one, and while one process takes over from another there are two. */
    Path ownCache() {
        return cache().resolve(Long.toString(ProcessHandle.current().pid()));
    }

    Path socket() {
        return run().resolve("shell.sock");
    }

    /** Makes what is missing. A folder {@code conf} or {@code deploy} that exists is left as it is. */
    void create(Distribution distribution) throws StartException {
        if (root.toString().indexOf(',') >= 0) {
            throw new StartException("the home " + root + " has a comma in its path, which FileInstall takes for the"
                    + " border between two folders. Choose another folder with --home");
        }
        try {
            Files.createDirectories(Optional.ofNullable(root.getParent()).orElse(root));
            makeFolder(root);
            copyOnce(distribution.conf(), conf());
            copyOnce(distribution.deploy(), deploy());
            makeFolder(log());
            makeFolder(cache());
            makeFolder(run());
            closeToOthers(run());
        } catch (IOException e) {
            throw new StartException("cannot use " + root + " as home: " + reason(e)
                    + ". Choose another folder with --home, or make this one a folder that you can write to");
        }
    }

    /**
     * Deletes what the frameworks of the runs before have left. All of it is also in the distribution, in {@code conf/} and in
     * {@code deploy/}. An old cache could only be wrong, and one framework cannot read that of another.
     */
    void emptyCache() throws StartException {
        emptyCache(_ -> true);
    }

    /** The same for one that had the number of this process, while the server before still uses its own. */
    void emptyOwnCache() throws StartException {
        emptyCache(cache -> cache.equals(ownCache()));
    }

    /** The same when the server before has ended. */
    void emptyOtherCaches() throws StartException {
        emptyCache(cache -> !cache.equals(ownCache()));
    }

    private void emptyCache(Predicate<Path> stale) throws StartException {
        try (Stream<Path> caches = Files.list(cache())) {
            for (Path cache : caches.filter(stale).toList()) {
                delete(cache);
            }
        } catch (IOException e) {
            throw new StartException("cannot empty " + cache() + ": " + reason(e) + ". Delete this folder");
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** By way of a second folder, so that a copy that was cut short is not taken for a whole one. */
    private static void copyOnce(Path defaults, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        Path incomplete = target.resolveSibling(target.getFileName() + ".new");
        makeFolder(incomplete);
        if (Files.isDirectory(defaults)) {
            try (Stream<Path> files = Files.list(defaults)) {
                for (Path file : files.toList()) {
                    writePrivate(incomplete.resolve(file.getFileName()), Files.readString(file));
                }
            }
        }
        Files.move(incomplete, target);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, permissions(folder, OWNER));
        }
    }

    /**
     * Removes the permissions of others on a file or folder. It uses the file's own attribute view: in a chroot, the table of mounted
     * file systems does not have the folder.
     */
    static void closeToOthers(Path path) throws IOException {
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? OWNER : OWNER_FILE;
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(wanted)) {
            view.setPermissions(wanted);
        }
    }

    /** Replaces a file; only its owner may read the new one. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, permissions(file, OWNER_FILE));
        Files.writeString(file, text);
    }

    /** For a file or folder that is to be created; nothing where a file system has no such permissions. */
    static FileAttribute<?>[] permissions(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** An exception of the file system in plain words. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException exists -> exists.getFile() + " exists and is not a folder";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
