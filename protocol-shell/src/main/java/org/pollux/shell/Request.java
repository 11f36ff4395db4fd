package org.pollux.shell;

import java.util.Optional;

/** The first line of a client. */
sealed interface Request {

    /** One command. */
    record Run(String command) implements Request {}

    /**
     * A command in each line.
     *
     * @param prompt empty for none
     */
    record Shell(String prompt) implements Request {}

    /** A command in each line, an end mark for each response, and completions: for a client that edits lines itself. */
    record Lines() implements Request {}

    /** Empty when the line is none of these requests. */
    static Optional<Request> parse(String line) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        return switch (word) {
            case "RUN" -> Optional.of(new Run(rest));
            case "LINES" -> Optional.of(new Lines());
            case "SHELL" -> Optional.of(new Shell(rest));
            default -> Optional.empty();
        };
    }
}
