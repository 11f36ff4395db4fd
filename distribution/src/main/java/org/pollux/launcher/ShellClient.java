package org.pollux.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The command {@code shell}: one command, lines from a pipe, or a person at a terminal. */
final class ShellClient {

    /** Nobody listens there. */
    static final int NOT_RUNNING = 3;

    private final Home home;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    ShellClient(Home home, InputStream in, PrintStream out, PrintStream err) {
        this.home = home;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command, or a shell on standard input and output.
     *
     * @return the exit status of the command, or of the shell's last one
     */
    int run(Optional<String> command) {
        try {
            if (command.isPresent()) {
                return runOne(command.get());
            }
            return isTerminal() ? new InteractiveShell(home).run() : runPlain();
        } catch (ShellConnection.NotRunningException e) {
            err.println("not running: " + e.getMessage());
            return NOT_RUNNING;
        } catch (IOException e) {
            err.println("pollux: the connection to the server broke: " + e.getMessage());
            return 1;
        }
    }

    private int runOne(String command) throws IOException {
        try (ShellConnection server = ShellConnection.to(home)) {
            server.send("RUN " + command.replace('\n', ' ') + "\n");
            return patient(server);
        }
    }

    @SuppressWarnings("resource") // standard output stays open
    private int patient(ShellConnection server) throws IOException {
        if (!Colours.areWanted()) {
            return new Patience(server, out).response();
        }
        try (Colours coloured = new Colours(out)) {
            return new Patience(server, coloured).response();
        }
    }

    /** What comes from a pipe, and its end, go to the server as they are. */
    private int runPlain() throws IOException {
        try (ShellConnection server = ShellConnection.to(home)) {
            server.send("SHELL\n");
            Thread.ofVirtual().start(() -> forward(server));
            return server.response(out);
        }
    }

    private void forward(ShellConnection server) {
        try {
            byte[] chunk = new byte[8192];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                server.send(ByteBuffer.wrap(chunk, 0, length));
            }
            server.endOutput();
        } catch (IOException e) {
            // the server has ended, which the reader of its responses also sees
        }
    }

    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
