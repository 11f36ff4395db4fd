package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void a_line_has_time_level_thread_and_the_full_name_of_who_logs() {
        String line = new LineFormatter().format(entry(Level.WARNING, "the pump is {dry}"));
        String thread = Thread.currentThread().getName();
        assertTrue(
                line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  \\[" + thread
                        + "\\] org\\.pollux\\.some\\.Part: the pump is \\{dry}\n"),
                line);
    }

    @Test
    void an_exception_follows_its_line() {
        LogRecord entry = entry(Level.SEVERE, "broken");
        entry.setThrown(new IllegalStateException("the pump is dry"));
        List<String> lines = new LineFormatter().format(entry).lines().toList();
        assertTrue(lines.get(0).endsWith("org.pollux.some.Part: broken"));
        assertEquals("\tjava.lang.IllegalStateException: the pump is dry", lines.get(1));
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("\t")), lines::toString);
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

    /** What a peer can send, and what a terminal, an editor or a reader of lines would make of it. */
    private static final String NASTY =
            "a\n2026-01-01 00:00:00.000 ERROR [x] y: forged\r\u001b[2J\u0007\u0085\u2028\u2029\u202e"
                    + "\u2066\u200b\ufeff\u0000\u007f\u009b31m\ud800 \udb40\udc01 \" \\ ä 漢 😀";

    @Test
    void a_record_is_one_line_whatever_is_in_its_message_or_exception() {
        LogRecord entry = entry(Level.WARNING, NASTY);
        entry.setThrown(new IllegalStateException(NASTY, new IOException(NASTY)));
        String text = new LineFormatter().format(entry);
        List<String> lines = text.lines().toList();
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("\t")), text);
        assertTrue(
                lines.getFirst()
                        .endsWith(
                                "Part: a\\n2026-01-01 00:00:00.000 ERROR [x] y: forged\\r\\u001B[2J\\u0007\\u0085"
                                        + "\\u2028\\u2029\\u202E\\u2066\\u200B\\uFEFF\\u0000\\u007F\\u009B31m\\uD800 \\uDB40\\uDC01 \" \\ ä 漢 😀"),
                text);
        assertTrue(
                text.chars()
                        .allMatch(c -> c == '\n'
                                || c == '\t'
                                || (c >= ' ' && c < 0x7f)
                                || Character.isLetter(c)
                                || Character.isSurrogate((char) c)),
                text);
        assertTrue(text.contains("\n\tCaused by: java.io.IOException: a\\n2026"), text);
    }

    @Test
    void a_name_of_a_thread_or_logger_cannot_forge_either() {
        LogRecord entry = new LogRecord(Level.INFO, "x");
        entry.setLoggerName("a\nb");
        assertEquals(1, new LineFormatter().format(entry).lines().count());
    }

    @Test
    void an_exception_of_any_size_is_bounded() {
        Throwable thrown = new IOException("x".repeat(1_000_000));
        for (int i = 0; i < 100; i++) {
            thrown = new IOException("again", thrown);
        }
        thrown.addSuppressed(thrown.getCause());
        LogRecord entry = entry(Level.WARNING, "y".repeat(1_000_000));
        entry.setThrown(thrown);
        assertTrue(new LineFormatter().format(entry).length() < 500_000);
    }

    @Test
    void json_has_one_object_a_line() {
        LogRecord entry = entry(Level.WARNING, NASTY);
        entry.setThrown(new IllegalStateException(NASTY));
        String json = new JsonFormatter().format(entry);
        assertEquals(1, json.lines().count());
        assertTrue(
                json.matches(
                        "\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.+-]{18}\",\"level\":\"WARN\",\"thread\":\"[^\"]*\","
                                + "\"logger\":\"org\\.pollux\\.some\\.Part\",\"message\":.*\"exception\":\"java.lang.IllegalStateException: a.*}\n"),
                json);
        assertTrue(
                json.contains(
                        "\"message\":\"a\\n2026-01-01 00:00:00.000 ERROR [x] y: forged\\r\\u001B[2J\\u0007\\u0085\\u2028"),
                json);
        assertTrue(json.contains("\\u009B31m\\uD800 \\uDB40\\uDC01 \\\" \\\\ ä 漢 😀\""), json);
    }

    @Test
    void a_file_that_another_program_has_put_aside_is_begun_anew() throws IOException {
        Path file = folder.resolve("pollux.log");
        RotatingFile handler = new RotatingFile(file, 1000, 2);
        handler.setFormatter(new LineFormatter());
        handler.publish(entry(Level.INFO, "line 1"));
        Files.move(file, folder.resolve("aside"));
        handler.reopen();
        handler.publish(entry(Level.INFO, "line 2"));
        Files.delete(file);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file) && System.nanoTime() < deadline) { // it looks once a second
            handler.publish(entry(Level.INFO, "line 3"));
        }
        handler.publish(entry(Level.INFO, "line 4"));
        handler.close();
        assertEquals(List.of("line 1"), messages(folder.resolve("aside")));
        assertEquals("line 4", messages(file).getLast());
    }

    @Test
    void no_full_file_may_be_kept() throws IOException {
        Path file = folder.resolve("pollux.log");
        RotatingFile handler = new RotatingFile(file, 1000, 5);
        handler.setFormatter(new LineFormatter());
        handler.configure(1, 0);
        handler.publish(entry(Level.INFO, "line 1"));
        handler.publish(entry(Level.INFO, "line 2"));
        handler.close();
        assertEquals(List.of(), messages(file));
        assertFalse(Files.exists(folder.resolve("pollux.1.log")));
    }

    @Test
    void settings_are_read_from_texts_and_from_typed_values() {
        LogSettings settings = LogSettings.of(Map.of(
                "level",
                "DEBUG",
                "levels",
                "org.pollux.http=TRACE, org.apache=warn",
                "limit",
                5000L,
                "keep",
                "3",
                "console",
                false,
                "format",
                "json"));
        assertEquals(LogLevel.DEBUG, settings.level());
        assertEquals(Map.of("org.pollux.http", LogLevel.TRACE, "org.apache", LogLevel.WARN), settings.levels());
        assertEquals(5000, settings.limit());
        assertEquals(3, settings.keep());
        assertFalse(settings.console());
        assertTrue(settings.json());
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void a_level_that_is_not_known_is_told_and_the_others_count() {
        LogSettings settings = LogSettings.of(Map.of("levels", new String[] {"org.pollux=LOUD\n", "a=INFO"}));
        assertEquals(Map.of("a", LogLevel.INFO), settings.levels());
        assertEquals(1, settings.problems().size());
        assertTrue(settings.problems().getFirst().startsWith("pollux.log: org.pollux=LOUD in levels is refused"));
    }

    private static List<String> messages(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.lastIndexOf(": ") + 2))
                .toList();
    }
}
