package org.pollux.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Runs a command of the server again each second, on a screen of its own, until q or Ctrl-C. Whatever ends it, the terminal is as it
 * was before: its text, its cursor, its settings.
 */
final class WatchScreen {

    private static final long BETWEEN_MILLIS = 1000;
    private static final String BEGIN = "\033[?1049h\033[?25l"; // another screen, without a cursor
    private static final String END = "\033[?25h\033[?1049l";
    private static final String TOP = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final Terminal terminal;
    private volatile boolean ended;

    private WatchScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The exit status: that of the command when it fails, otherwise 0. */
    static int watch(Home home, String command) {
        if (!ShellClient.isTerminal()) {
            System.err.println("pollux: --watch needs a terminal; 'pollux status --json' is for programs");
            return 2;
        }
        try (ShellConnection server = ShellConnection.to(home)) {
            server.send("LINES\n");
            try (Terminal terminal =
                    TerminalBuilder.builder().name("pollux").system(true).build()) {
                return new WatchScreen(terminal).run(server, command);
            }
        } catch (ShellConnection.NotRunningException e) {
            System.err.println("not running: " + e.getMessage());
            return ShellClient.NOT_RUNNING;
        } catch (IOException e) {
            System.err.println("pollux: the connection to the server broke: " + e.getMessage());
            return 1;
        }
    }

    private int run(ShellConnection server, String command) throws IOException {
        Attributes before = terminal.enterRawMode();
        Thread restore = new Thread(() -> restore(before));
        Runtime.getRuntime().addShutdownHook(restore); // SIGTERM, or the end of the terminal
        terminal.handle(Terminal.Signal.INT, _ -> ended = true);
        terminal.writer().print(BEGIN);
        try {
            while (!ended) {
                ByteArrayOutputStream response = new ByteArrayOutputStream();
                server.send(command + "\n");
                int status = server.response(response);
                if (status != 0) {
                    return status;
                }
                draw(response.toString(StandardCharsets.UTF_8));
                pause();
            }
            return 0;
        } finally {
            Runtime.getRuntime().removeShutdownHook(restore);
            restore(before);
        }
    }

    private void pause() throws IOException {
        long deadline = System.nanoTime() + BETWEEN_MILLIS * 1_000_000;
        for (long left = BETWEEN_MILLIS; left > 0 && !ended; left = (deadline - System.nanoTime()) / 1_000_000) {
            int key = terminal.reader().read(Math.min(left, 100));
            ended |= key == 'q' || key == 3 || key == -1; // Ctrl-C, where it is not a signal; the end of the terminal
        }
    }

    private void draw(String text) throws IOException {
        Size size = terminal.getSize();
        int rows = size.getRows() > 0 ? size.getRows() : 24;
        int columns = size.getColumns() > 0 ? size.getColumns() : 80;
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (Colours coloured = new Colours(screen)) {
            for (String line : fit(text, rows - 1, columns)) {
                coloured.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        String shown = screen.toString(StandardCharsets.UTF_8).replace("\n", REST_OF_LINE + "\r\n");
        terminal.writer()
                .print(TOP + (Colours.areWanted() ? shown : shown.replaceAll("\033\\[[0-9]*m", "")) + REST_OF_SCREEN);
        terminal.flush();
    }

    /** As many lines as there is room for, none longer than the screen; the last one says how many are not shown. */
    static List<String> fit(String text, int rows, int columns) {
        List<String> lines = text.lines()
                .map(line -> line.length() <= columns ? line : line.substring(0, columns))
                .toList();
        if (lines.size() <= rows) {
            return lines;
        }
        int shown = Math.max(0, rows - 1);
        return Stream.concat(lines.stream().limit(shown), Stream.of("... " + (lines.size() - shown) + " more lines"))
                .toList();
    }

    private void restore(Attributes before) {
        terminal.writer().print(END);
        terminal.flush();
        terminal.setAttributes(before);
    }
}
