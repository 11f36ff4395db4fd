package org.pollux.fetch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bodies go.
 *
 * @param file for the only URL
 * @param folder for all; with neither of them, bodies are printed
 * @param overwrite whether files that exist are replaced
 * @param resume whether parts that an earlier run has left are continued, and left again
 */
record Saving(Optional<Path> file, Optional<Path> folder, boolean overwrite, boolean resume) {

    static final Saving PRINTED = new Saving(Optional.empty(), Optional.empty(), false, false);

    boolean isPrinted() {
        return file.isEmpty() && folder.isEmpty();
    }
}
