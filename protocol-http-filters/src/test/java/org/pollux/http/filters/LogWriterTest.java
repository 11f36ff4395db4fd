package org.pollux.http.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log's file and its thread. */
@Timeout(60)
class LogWriterTest {

    @TempDir
    Path folder;

    private static LogEntry entry(int number) {
        return new LogEntry(0, 0, "-", "GET", "/" + number, "HTTP/1.1", 200, 0, "-", "-", "-", false);
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

    @Test
    void aFileThatWasMovedAwayIsBegunAnew() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFile log = new LogFile(file, 1000, 2)) {
            log.write(bytes(1));
            Files.move(file, folder.resolve("yesterday"));
            log.write(bytes(2));
            assertEquals(2, Files.size(file));
            Files.delete(file);
            log.write(bytes(3));
            assertEquals(3, Files.size(file));
            Files.move(Files.writeString(folder.resolve("new"), "x"), file, StandardCopyOption.REPLACE_EXISTING);
            log.write(bytes(4));
        }
        assertEquals(5, Files.size(file), "another file of that name is continued");
        assertEquals(1, Files.size(folder.resolve("yesterday")));
    }

    @Test
    void aFileThatWasCutIsContinuedFromThere() throws Exception {
        Path file = folder.resolve("access.log");
        try (LogFile log = new LogFile(file, 20, 1)) {
            log.write(bytes(15));
            Files.write(file, new byte[0]); // as logrotate's copytruncate does
            log.write(bytes(10));
            log.rotateWhenFull();
            assertEquals(10, Files.size(file), "it is not full");
        }
    }

    @Test
    void aFolderThatVanishesIsMadeAnew() throws Exception {
        Path file = folder.resolve("log/access.log");
        try (LogFile log = new LogFile(file, 1000, 1)) {
            log.write(bytes(1));
            Files.delete(file);
            Files.delete(folder.resolve("log"));
            log.write(bytes(2));
        }
        assertEquals(2, Files.size(file));
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOfUntilItCanBe() throws Exception {
        Path file = folder.resolve("log/access.log");
        try (LogWriter log = LogWriter.start(AccessLogSettings.of(file))) {
            Files.delete(file);
            Files.delete(folder.resolve("log"));
            Files.writeString(folder.resolve("log"), "in the way");
            log.add(entry(1));
            eventually(() -> log.fault().isPresent());
            String fault = log.fault().orElseThrow();
            assertTrue(fault.startsWith("the access log " + file + " cannot be written"), fault);
            assertTrue(fault.contains("lines lost since then: 1"), fault);
            Files.delete(folder.resolve("log"));
            log.add(entry(2));
            eventually(() -> log.fault().isEmpty());
        }
        assertEquals(1, Files.readAllLines(file).size());
    }

    @Test
    void aDiskThatIsFullLeavesNoHalfLines() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has one");
        try (LogWriter log = LogWriter.start(AccessLogSettings.of(full))) {
            log.add(entry(1));
            eventually(() -> log.fault().isPresent());
            log.add(entry(2));
            eventually(() -> log.fault().orElseThrow().contains("lines lost since then: 2"));
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30), "not in time");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
