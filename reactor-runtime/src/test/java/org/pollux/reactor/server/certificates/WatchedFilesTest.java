package org.pollux.reactor.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value is read again when its files have changed. */
class WatchedFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aReaderThatFailsUnexpectedlyIsToldAndTheOneBeforeStays() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "1");
        WatchedFiles<String> watched = new WatchedFiles<>();
        watched.look(List.of(file), () -> "one", 0, true);
        Files.writeString(file, "22");
        watched.look(
                List.of(file),
                () -> {
                    throw new IllegalStateException("strange");
                },
                1,
                true);
        assertEquals(Optional.of("one"), watched.value());
        assertEquals(
                Optional.of(
                        "[" + file + "] cannot be read (java.lang.IllegalStateException: strange): write them again."
                                + " The one before stays in force"),
                watched.problem());
    }
}
