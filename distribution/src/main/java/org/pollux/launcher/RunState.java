package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the server, for the command that waits for it: the file {@code run/state}. It exists while the server lives. A
 * file that is left over from a crash has no meaning. The supervisor is told the same.
 *
 * <pre>
 *   starting ──▶ running ──▶ stopping SECONDS ──▶ (deleted)
 * </pre>
 */
final class RunState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);

    private final Path file;
    private final Supervisor supervisor;

    RunState(Home home, Supervisor supervisor) {
        this.file = file(home);
        this.supervisor = supervisor;
    }

    private static Path file(Home home) {
        return home.run().resolve("state");
    }

    static void forget(Home home) throws IOException {
        Files.deleteIfExists(file(home));
    }

    void starting() {
        write("starting");
    }

    void running() {
        write("running");
        supervisor.ready();
    }

    /**
     * Says that the server stops.
     *
     * @param most how long that may take
     */
    void stopping(Duration most) {
        write("stopping " + most.toSeconds());
        supervisor.stopping(most);
    }

    /** By way of another file: a reader never meets half a line. */
    private void write(String state) {
        try {
            Path incomplete = file.resolveSibling("state.new");
            Home.writePrivate(incomplete, state + "\n");
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the file run/state cannot be set to {}: {}", state, Home.reason(e));
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", file, Home.reason(e));
        }
    }
}
