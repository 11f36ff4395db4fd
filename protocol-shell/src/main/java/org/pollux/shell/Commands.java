package org.pollux.shell;

import java.util.List;

/** The commands that can be typed, for help and completion. From any thread. */
interface Commands {

    /**
     * What can stand at the end of a line.
     *
     * @param line as it was typed up to the cursor
     * @return words in place of the last one, which begin with it; each may have a description behind a tab
     */
    List<String> complete(String line);
}
