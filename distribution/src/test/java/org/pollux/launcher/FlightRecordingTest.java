package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording lasts as long as it should, and only its owner can read it. */
final class FlightRecordingTest {

    private static final Path SETTINGS = Path.of("src/main/jfr/pollux.jfc");

    @TempDir
    private Path folder;

    /** One that the settings enable, made by this test. */
    @Name("org.pollux.AcceptFailed")
    private static final class Failed extends Event {}

    private static final class Said extends PrintStream {

        Said() {
            super(new ByteArrayOutputStream(), true);
        }

        @Override
        public void println(String line) { // the recording has begun
            new Failed().commit();
        }
    }

    @Test
    void theFileHasTheEventsAndIsForItsOwnerOnly() throws IOException, InterruptedException {
        Path file = new FlightRecording(SETTINGS, folder).make(Duration.ofMillis(1), new Said());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(RecordingFile.readAllEvents(file).stream()
                .anyMatch(event -> event.getEventType().getName().equals("org.pollux.AcceptFailed")));
    }

    @Test
    void anInterruptLeavesNoFile() throws IOException {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> new FlightRecording(SETTINGS, folder).make(Duration.ofMinutes(1), new Said()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aLengthIsInSecondsOrMinutes() {
        assertEquals(Duration.ofSeconds(30), FlightRecording.length("30s"));
        assertEquals(Duration.ofSeconds(30), FlightRecording.length("30"));
        assertEquals(Duration.ofMinutes(4), FlightRecording.length("4m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "5m", "241", "1h", "-1s", "9999999s"})
    void anotherLengthIsRefusedWithTheRemedy(String length) {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> FlightRecording.length(length))
                        .getMessage());
        assertTrue(message.contains("record --for 30s"), message);
    }
}
