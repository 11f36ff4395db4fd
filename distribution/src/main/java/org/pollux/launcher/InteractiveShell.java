package org.pollux.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The shell for a person at a terminal: lines can be edited, the history is kept, TAB completes. The server runs whole lines and
 * never sees the terminal.
 *
 * <p>Ctrl-C discards the line that is being typed, or interrupts the running command by ending its connection. The next line then
 * begins a new session. Ctrl-D and {@code exit} end the shell.
 */
final class InteractiveShell {

    private static final String PROMPT = "pollux> ";
    private static final int INTERRUPTED = 130;

    /** Characters; the server takes lines of 64 KiB, and one of these has three bytes at most in UTF-8. */
    private static final int LONGEST_LINE = 20_000;

    private static final int HISTORY_LINES = 1000;
    private static final int COMPLETION_SECONDS = 2;

    private final Home home;

    InteractiveShell(Home home) {
        this.home = home;
    }

    int run() throws IOException {
        ShellConnection server = connect(); // before the terminal: if it fails, the terminal is untouched
        try (Terminal terminal =
                TerminalBuilder.builder().name("pollux").system(true).build()) {
            LineReader reader = reader(terminal);
            int status = 0;
            while (true) {
                String line = read(reader);
                if (line == null || line.strip().equals("exit")) {
                    return status;
                }
                for (String each : line.split("\\R", -1)) { // a paste may have several
                    if (each.length() > LONGEST_LINE) {
                        terminal.writer().println("a line has " + LONGEST_LINE + " characters at most");
                    } else if (!each.isBlank()) {
                        status = execute(server, each, terminal);
                    }
                    if (status == INTERRUPTED) {
                        server.close();
                        server = connect();
                        break;
                    }
                }
            }
        } finally {
            server.close();
        }
    }

    private ShellConnection connect() throws IOException {
        ShellConnection server = ShellConnection.to(home);
        server.send("LINES\n");
        return server;
    }

    /** Null when the person leaves. */
    private static @Nullable String read(LineReader reader) {
        try {
            return reader.readLine(PROMPT);
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private static int execute(ShellConnection server, String line, Terminal terminal) throws IOException {
        boolean[] interrupted = new boolean[1];
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> {
            interrupted[0] = true;
            server.close();
        });
        try {
            server.send(line.startsWith("\t") ? line.strip() + "\n" : line + "\n");
            if (!Colours.areWanted()) {
                return server.response(terminal.output());
            }
            try (Colours coloured = new Colours(terminal.output())) {
                return server.response(coloured);
            }
        } catch (IOException e) {
            if (interrupted[0]) {
                return INTERRUPTED;
            }
            throw e;
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            terminal.flush();
        }
    }

    private LineReader reader(Terminal terminal) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("pollux")
                .completer(this::complete)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // Gogo has another use for '!' and '\'
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES);
        Path history = home.root().resolve("shell.history");
        try {
            if (!Files.exists(history)) {
                Home.writePrivate(history, "");
            }
            Home.closeToOthers(history);
            builder.variable(LineReader.HISTORY_FILE, history);
        } catch (IOException e) {
            terminal.writer().println("the history cannot be saved: " + Home.reason(e));
        }
        return builder.build();
    }

    private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.line().substring(0, line.cursor());
        ask(typed).lines().forEach(each -> {
            int tab = each.indexOf('\t');
            String word = tab < 0 ? each : each.substring(0, tab);
            candidates.add(new Candidate(word, word, null, tab < 0 ? null : each.substring(tab + 1), null, null, true));
        });
    }

    /** On a connection of its own, which can be given up when the server takes its time. */
    private String ask(String typed) {
        try (ShellConnection server = connect()) {
            return CompletableFuture.supplyAsync(() -> completions(server, typed))
                    .completeOnTimeout("", COMPLETION_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (IOException | CompletionException e) {
            return "";
        }
    }

    private static String completions(ShellConnection server, String typed) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try {
            server.send("\t" + typed.replaceAll("\\R", " ") + "\n");
            int status = server.response(words);
            return status == 0 ? words.toString(StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
