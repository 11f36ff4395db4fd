package org.pollux.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Talks to the shell of a running server over the Unix-domain socket of its home. What is said there is described at
 * the class {@code ShellProtocol} of the module protocol-shell: a line that says what is wanted, output, and a last
 * line with the exit status.
 */
final class ShellClient {

    /** Nobody listens there. */
    static final int NOT_RUNNING = 3;

    private static final String PROMPT = "pollux> ";

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
        try (SocketChannel server = connect()) {
            if (command.isPresent()) {
                write(server, "RUN " + command.get().replace('\n', ' ') + "\n");
            } else {
                boolean prompts = isTerminal();
                write(server, prompts ? "SHELL " + PROMPT + "\n" : "SHELL\n");
                Thread.ofVirtual().start(() -> forward(server, prompts));
            }
            return print(server);
        } catch (NotRunningException e) {
            err.println("not running: no server answers at " + home.socket());
            return NOT_RUNNING;
        } catch (IOException e) {
            err.println("pollux: the connection to the server broke: " + e.getMessage());
            return 1;
        }
    }

    private SocketChannel connect() throws NotRunningException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(home.socket()));
        } catch (IOException e) {
            throw new NotRunningException();
        }
    }

    /** Standard input to the server; a terminal's end asks for the shell's, any other input's end is one. */
    private void forward(SocketChannel server, boolean prompts) {
        try {
            byte[] chunk = new byte[8192];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                write(server, ByteBuffer.wrap(chunk, 0, length));
            }
            if (prompts) {
                write(server, "exit\n");
            } else {
                server.shutdownOutput();
            }
        } catch (IOException e) {
            // the server is gone, which the reader of its answers sees as well
        }
    }

    /** All that comes but the last line goes to standard output, at once. */
    private int print(SocketChannel server) throws IOException {
        InputStream answers = Channels.newInputStream(server);
        Trailer trailer = new Trailer(out);
        answers.transferTo(trailer);
        out.flush();
        return trailer.status();
    }

    private static void write(SocketChannel server, String text) throws IOException {
        write(server, StandardCharsets.UTF_8.encode(text));
    }

    private static void write(SocketChannel server, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            server.write(data);
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static final class NotRunningException extends Exception {}

    /** Passes on what is written but for the last bytes, in which the exit status is. */
    static final class Trailer extends OutputStream {

        /** A zero byte, three digits, a line feed. */
        private static final int LENGTH = 5;

        private final PrintStream out;
        private byte[] kept = {};

        Trailer(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] data, int from, int count) {
            byte[] all = new byte[kept.length + count];
            System.arraycopy(kept, 0, all, 0, kept.length);
            System.arraycopy(data, from, all, kept.length, count);
            int passed = Math.max(0, all.length - LENGTH);
            out.write(all, 0, passed);
            out.flush();
            kept = Arrays.copyOfRange(all, passed, all.length);
        }

        /** After the last byte. */
        int status() throws IOException {
            String text = new String(kept, StandardCharsets.US_ASCII);
            if (!text.matches("\0[0-9]{3}\n")) {
                out.write(kept, 0, kept.length);
                throw new IOException("it ended before the command did");
            }
            return Integer.parseInt(text.substring(1, 4));
        }
    }
}
