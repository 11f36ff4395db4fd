package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoggingTest {

    @TempDir
    Path folder;

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("org.pollux.some.Part");
        return entry;
    }

    @Test
    void a_line_has_time_level_thread_and_the_short_name_of_who_logs() {
        String line = new LineFormatter().format(entry(Level.WARNING, "the pump is {dry}"));
        String thread = Thread.currentThread().getName();
        assertTrue(
                line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  \\[" + thread
                        + "\\] Part: the pump is \\{dry}\n"),
                line);
    }

    @Test
    void an_exception_follows_its_line() {
        LogRecord entry = entry(Level.SEVERE, "broken");
        entry.setThrown(new IllegalStateException("the pump is dry"));
        List<String> lines = new LineFormatter().format(entry).lines().toList();
        assertTrue(lines.get(0).endsWith("Part: broken"));
        assertEquals("java.lang.IllegalStateException: the pump is dry", lines.get(1));
    }

    @Test
    void a_full_file_is_put_aside_and_the_oldest_is_dropped() throws IOException {
        Path file = folder.resolve("pollux.log");
        RotatingFile handler = new RotatingFile(file, 100, 2);
        handler.setFormatter(new LineFormatter());
        for (int i = 1; i <= 7; i++) { // two lines fill a file
            handler.publish(entry(Level.INFO, "line " + i));
        }
        handler.close();
        assertEquals(List.of("line 7"), messages(file));
        assertEquals(List.of("line 5", "line 6"), messages(folder.resolve("pollux.1.log")));
        assertEquals(List.of("line 3", "line 4"), messages(folder.resolve("pollux.2.log")));
        assertFalse(Files.exists(folder.resolve("pollux.3.log")));
    }

    @Test
    void a_file_is_continued() throws IOException {
        Path file = folder.resolve("pollux.log");
        for (int i = 1; i <= 2; i++) {
            RotatingFile handler = new RotatingFile(file, 1000, 2);
            handler.setFormatter(new LineFormatter());
            handler.publish(entry(Level.INFO, "line " + i));
            handler.close();
        }
        assertEquals(List.of("line 1", "line 2"), messages(file));
    }

    private static List<String> messages(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.lastIndexOf(": ") + 2))
                .toList();
    }
}
