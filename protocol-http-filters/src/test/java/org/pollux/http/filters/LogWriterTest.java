package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log's file and its thread. */
@Timeout(60)
class LogWriterTest {

    @TempDir
    Path folder;

    private static LogEntry entry(int number) {
        return new LogEntry(0, 0, "-", "GET", "/" + number, "HTTP/1.1", 200, 0, "-", "-", "-");
    }

    private static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void aFullFileIsPutAside() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFile log = new LogFile(file, 10, 2)) {
            for (int size = 1; size <= 4; size++) {
                log.write(bytes(9));
                log.rotateWhenFull();
                assertEquals(9, Files.size(file));
                log.write(bytes(size));
                log.rotateWhenFull();
                assertEquals(0, Files.size(file));
            }
        }
        assertEquals(9 + 4, Files.size(folder.resolve("access.1.log")));
        assertEquals(9 + 3, Files.size(folder.resolve("access.2.log")));
        assertFalse(Files.exists(folder.resolve("access.3.log")));
    }

    @Test
    void aFileIsContinued() throws Exception {
        Path file = folder.resolve("access.log");
        Files.writeString(file, "before\n");
        try (LogWriter log = LogWriter.start(AccessLogSettings.of(file))) {
            log.add(entry(1));
        }
        assertTrue(Files.readString(file).startsWith("before\n- - - ["));
    }

    @Test
    void noneIsKeptWhenThatIsWanted() throws Exception {
        Path file = folder.resolve("log");
        try (LogFile log = new LogFile(file, 10, 0)) {
            log.write(bytes(10));
            log.rotateWhenFull();
            log.write(bytes(1));
        }
        assertEquals(1, Files.size(file));
        assertFalse(Files.exists(folder.resolve("log.1")));
    }

    @Test
    void aFileThatCannotBePutAsideIsContinued() throws Exception {
        Path file = folder.resolve("access.log");
        Files.createDirectories(folder.resolve("access.1.log/in the way"));
        try (LogFile log = new LogFile(file, 10, 1)) {
            log.write(bytes(10));
            assertThrows(IOException.class, log::rotateWhenFull);
            log.write(bytes(10));
            assertEquals(20, Files.size(file));
            Files.delete(folder.resolve("access.1.log/in the way"));
            log.rotateWhenFull();
        }
        assertEquals(0, Files.size(file));
        assertEquals(20, Files.size(folder.resolve("access.1.log")));
    }

    @Test
    void allIsWrittenBeforeItIsClosed() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogWriter log = LogWriter.start(AccessLogSettings.of(file))) {
            for (int i = 0; i < 10_000; i++) {
                log.add(entry(i));
            }
        }
        assertEquals(10_000, Files.readAllLines(file).size());
    }

    @Test
    void aQueueThatIsFullHoldsNobody() throws Exception {
        Path file = folder.resolve("access.log");
        int count = 1_000_000;
        try (LogWriter log = LogWriter.start(AccessLogSettings.of(file))) {
            for (int i = 0; i < count; i++) {
                log.add(entry(i));
            }
        }
        long lines;
        try (var all = Files.lines(file)) {
            lines = all.count();
        }
        assertTrue(lines >= 16 * 1024 && lines < count, lines + " lines");
    }

    @Test
    void itsThreadEnds() throws Exception {
        LogWriter log = LogWriter.start(AccessLogSettings.of(folder.resolve("access.log")));
        log.close();
        log.close();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("pollux-access-log")));
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAtOnce() throws Exception {
        Files.createDirectories(folder.resolve("access.log"));
        assertThrows(IOException.class, () -> LogWriter.start(AccessLogSettings.of(folder.resolve("access.log"))));
    }
}
