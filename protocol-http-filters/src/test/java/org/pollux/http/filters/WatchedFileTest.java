package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file that somebody edits can do to its reader. */
class WatchedFileTest {

    @TempDir
    private Path folder;

    @Test
    void anErrorOfTheReaderIsToldAndTheNextLookReadsAgain() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        Deque<Error> faults = new ArrayDeque<>(List.of(new OutOfMemoryError("as if"), new StackOverflowError()));
        WatchedFile<String> file = new WatchedFile<>(folder, "file", path -> {
            if (!faults.isEmpty()) {
                throw faults.remove();
            }
            return Files.readString(path);
        });
        assertNull(file.content());
        assertTrue(file.faults().getFirst().contains("OutOfMemoryError"), file.faults()::toString);
        file.look();
        assertTrue(file.faults().getFirst().contains("StackOverflowError"), file.faults()::toString);
        file.look();
        assertEquals("x", file.content());
        assertEquals(List.of(), file.faults());
    }

    @Test
    void anImpossibleNameIsAsAFileThatCannotBeRead() {
        WatchedFile<String> file = new WatchedFile<>(folder, "a\0b", Files::readString);
        assertNull(file.content());
        assertTrue(
                file.faults().getFirst().startsWith("file = a?b is not the name of a file"), file.faults()::toString);
    }
}
