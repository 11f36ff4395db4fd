package org.pollux.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours what a command of Pollux prints, for a terminal. The server prints plain text, and this knows its three forms: a line that
 * begins with {@code !} is a fault, the first line of a table has its titles, and a cell of a table may be a state.
 */
final class Colours extends OutputStream {

    private static final String RED = "\033[31m";
    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("polls", GREEN),
            Map.entry("serves", GREEN),
            Map.entry("open", GREEN),
            Map.entry("waiting", YELLOW),
            Map.entry("draining", YELLOW),
            Map.entry("opening", YELLOW),
            Map.entry("closing", YELLOW),
            Map.entry("failed", RED),
            Map.entry("missing", RED),
            Map.entry("now", RED));

    /** Several columns, or a single one that has a title. */
    private static final Pattern TITLE = Pattern.compile("  |^[A-Za-z]+( [a-z]+)?$");

    /** A word that is all of a cell of a table. */
    private static final Pattern CELL = Pattern.compile("(?<=  )[a-z]+(?=  |$)");

    private final OutputStream terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean first = true;

    Colours(OutputStream terminal) {
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal that shows colours, and nobody has asked for none (https://no-color.org). */
    static boolean areWanted() {
        return ShellClient.isTerminal() && areWanted(System.getenv());
    }

    static boolean areWanted(Map<String, String> environment) {
        String terminal = environment.getOrDefault("TERM", "dumb");
        return Optional.ofNullable(environment.get("NO_COLOR")).orElse("").isEmpty() && !terminal.equals("dumb");
    }

    @Override
    public void write(int single) throws IOException {
        line.write(single);
        if (single == '\n') {
            writeLine();
        }
    }

    private void writeLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        terminal.write((coloured(text) + "\n").getBytes(StandardCharsets.UTF_8));
        first = text.isEmpty();
        line.reset();
    }

    private String coloured(String text) {
        if (text.startsWith("! ")) {
            return RED + text + PLAIN;
        } else if (first && TITLE.matcher(text).find()) {
            return BOLD + text + PLAIN;
        }
        Matcher cells = CELL.matcher(text);
        return cells.replaceAll(cell -> Optional.ofNullable(STATES.get(cell.group()))
                .map(colour -> colour + cell.group() + PLAIN)
                .orElse(cell.group()));
    }

    /** A line that is not complete is shown when it is, because its colour is not known yet. */
    @Override
    public void flush() throws IOException {
        terminal.flush();
    }

    /** Writes what is left. The terminal stays open. */
    @Override
    public void close() throws IOException {
        terminal.write(line.toByteArray());
        line.reset();
        terminal.flush();
    }
}
