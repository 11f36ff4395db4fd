package org.pollux.shell;

import java.util.List;

/** The available commands, for help and completion. From any thread. */
interface Commands {

    /**
     * Completes the end of a line.
     *
     * @param line as it was typed up to the cursor
     * @return words that begin with the line's last word and can replace it; a description may follow each, after a tab
     */
    List<String> complete(String line);
}
