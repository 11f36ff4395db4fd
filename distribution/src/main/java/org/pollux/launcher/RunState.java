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

    /** Whether the file is another process's, which has taken over from this one, or from which this one takes over. */
    private volatile boolean foreign;

    private volatile boolean stops;

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

    /** Another process is the server of the home, until {@link #own}. */
    void leave() {
        foreign = true;
    }

    /** This process is the server of the home, and runs. The supervisor is told when it is the only one. */
    void own() {
        foreign = false;
        write("running");
    }

    /** This process is the one that the supervisor looks after from now on. One that stops is not ready any more. */
    void alone() {
        if (!stops) {
            supervisor.ready();
        }
    }

    /** Whether a supervisor looks after this process, and ends all that is left when it has ended. */
    boolean isSupervised() {
        return supervisor.isPresent();
    }

    /** The supervisor stops this process, which has left, and with it the other one. */
    void stoppingBoth(Duration most) {
        supervisor.stopping(most);
    }

    /** The other process is the one that the supervisor looks after from now on. */
    void end(String successor) {
        supervisor.mainProcess(successor);
    }

    /**
     * Says that the server stops.
     *
     * @param most how long that may take
     */
    void stopping(Duration most) {
        stops = true;
        if (!foreign) {
            write("stopping " + most.toSeconds());
            supervisor.stopping(most);
        }
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
        if (foreign) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", file, Home.reason(e));
        }
    }
}
