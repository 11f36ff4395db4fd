package org.pollux.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server away from a home. The file {@code run/pollux.pid} is locked while its server lives. So a file that is
 * left over from a crash does no harm, even if another process has its number now.
 *
 * <p>A process that is to take over from the server locks {@code run/successor.pid} first, so there is one at a time. When it
 * serves, it writes its number into the locked file of the other, and gets that lock when the other process has ended. A third
 * process that gets the lock first sees {@code run/successor.pid}, and does not start. A process loses the lock when it closes any
 * descriptor of the file, so each has one only.
 */
final class HomeLock implements AutoCloseable {

    private final FileChannel file;

    /** Locked until this process is alone; null for one that does not take over. */
    private @Nullable FileChannel successor;

    private boolean owned;

    private HomeLock(FileChannel file, @Nullable FileChannel successor) {
        this.file = file;
        this.successor = successor;
    }

    static HomeLock take(Home home) throws StartException {
        Path path = home.run().resolve("pollux.pid");
        try {
            FileChannel file = open(path);
            if (tryLock(file) == null) {
                file.close();
                String pid = Files.readString(path).strip();
                throw new StartException(
                        pid.isEmpty()
                                ? "a process that has not drained all of its connections uses the home " + home.root()
                                        + " still. Try again when it has ended, or choose another home with --home"
                                : "the server with pid " + pid + " uses the home " + home.root()
                                        + " already. Stop it with 'pollux stop', or choose another home with --home");
            }
            Path succeeding = home.run().resolve("successor.pid");
            if (Files.exists(succeeding) && isLocked(succeeding)) {
                file.close();
                throw new StartException("the process with pid "
                        + Files.readString(succeeding).strip() + " takes over the home " + home.root()
                        + ". Stop it with 'pollux stop', or choose another home with --home");
            }
            RunState.forget(home); // the state that a crash left over is not this server's
            HomeLock lock = new HomeLock(file, null);
            lock.own();
            return lock;
        } catch (IOException e) {
            throw new StartException("cannot write " + Home.reason(e)
                    + ". Choose another folder with --home, or make this one writable");
        }
    }

    /** For a process that takes over from the server of the home, which goes on until then. */
    static HomeLock succeed(Home home) throws StartException {
        Path path = home.run().resolve("successor.pid");
        try {
            FileChannel successor = open(path);
            if (tryLock(successor) == null) {
                successor.close();
                throw new StartException("the process with pid "
                        + Files.readString(path).strip() + " takes over the home " + home.root()
                        + " already, and the one before it still drains. Try again when that has ended");
            }
            write(successor);
            FileChannel file = open(home.run().resolve("pollux.pid"));
            if (tryLock(file) != null) {
                file.close();
                successor.close();
                throw new StartException(
                        "no server runs on the home " + home.root() + ". Start one with 'pollux start'");
            }
            return new HomeLock(file, successor);
        } catch (IOException e) {
            throw new StartException("cannot write " + Home.reason(e) + ". Make the home writable");
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                Home.permissions(path, Home.OWNER_FILE));
    }

    /** A reader of the first line never sees an empty file, which would mean that no server runs. */
    private static void write(FileChannel file) throws IOException {
        file.truncate(file.write(
                StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0));
    }

    /** The server of the home is this process from now on. */
    synchronized void own() throws IOException {
        write(file);
        owned = true;
    }

    /** Another process is the server of the home from now on. */
    synchronized void leave() {
        owned = false;
    }

    /** Waits until the process before has ended, and then holds the lock as if this one had taken it at its start. */
    void awaitAlone() throws IOException {
        file.lock();
        synchronized (this) {
            if (successor != null) {
                successor.truncate(0);
                successor.close();
                successor = null;
            }
        }
    }

    private static boolean isLocked(Path path) throws IOException {
        try (FileChannel file = open(path)) {
            return tryLock(file) == null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Empties the file but does not delete it: another process may wait for a lock on this very file. */
    @Override
    public synchronized void close() {
        try (file;
                FileChannel waiting = successor) {
            if (owned) {
                owned = false;
                file.truncate(0);
            }
            if (waiting != null) {
                successor = null;
                waiting.truncate(0);
            }
        } catch (IOException e) {
            System.Logger log = System.getLogger(HomeLock.class.getName());
            log.log(System.Logger.Level.WARNING, "the pid file could not be emptied: {0}", e.getMessage());
        }
    }
}
