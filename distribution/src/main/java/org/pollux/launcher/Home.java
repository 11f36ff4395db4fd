package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The folder of one server's state.
 *
 * <pre>
 *   conf/     configuration, NAME.cfg for the PID NAME; yours: made once from the defaults, never written to again
 *   deploy/   bundles and more configuration, dropped in and taken away while the server runs; yours
 *   log/      pollux.log and the older ones
 *   run/      pollux.pid, shell.sock; closed to others
 *   cache/    what the framework keeps while it runs; made anew at each start
 * </pre>
 */
record Home(Path root) {

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
            Files.createDirectories(root);
            copyOnce(distribution.conf(), conf());
            copyOnce(distribution.deploy(), deploy());
            Files.createDirectories(log());
            Files.createDirectories(cache());
            Files.createDirectories(run());
            if (Files.getFileStore(run()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(run(), PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new StartException("cannot use " + root + " as home: " + reason(e)
                    + ". Choose another folder with --home, or make this one a folder that you can write to");
        }
    }

    /** By way of a second folder, so that a copy that was cut short is not taken for a whole one. */
    private static void copyOnce(Path defaults, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        Path incomplete = target.resolveSibling(target.getFileName() + ".new");
        Files.createDirectories(incomplete);
        if (Files.isDirectory(defaults)) {
            try (Stream<Path> files = Files.list(defaults)) {
                for (Path file : files.toList()) {
                    Files.copy(file, incomplete.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.move(incomplete, target);
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
