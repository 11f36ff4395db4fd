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
 */
final class HomeLock implements AutoCloseable {

    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    static HomeLock take(Home home) throws StartException {
        Path path = home.run().resolve("pollux.pid");
        try {
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    Home.permissions(path, Home.OWNER_FILE));
            if (tryLock(file) == null) {
                file.close();
                throw new StartException("the server with pid "
                        + Files.readString(path).strip() + " uses the home " + home.root()
                        + " already. Stop it with 'pollux stop', or choose another home with --home");
            }
            RunState.forget(home); // the state that a crash left over is not this server's
            file.truncate(0);
            file.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return new HomeLock(file);
        } catch (IOException e) {
            throw new StartException("cannot write " + Home.reason(e)
                    + ". Choose another folder with --home, or make this one writable");
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
    public void close() {
        try (file) {
            file.truncate(0);
        } catch (IOException e) {
            System.Logger log = System.getLogger(HomeLock.class.getName());
            log.log(System.Logger.Level.WARNING, "the pid file could not be emptied: {0}", e.getMessage());
        }
    }
}
