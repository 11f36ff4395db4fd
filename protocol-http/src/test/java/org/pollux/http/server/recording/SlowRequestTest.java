package org.pollux.http.server.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;

/** Slow requests are in a recording, with their route and without what the client wrote in their query. */
final class SlowRequestTest {

    private static final String GET = "GET /users/7?secret=x HTTP/1.1\r\nHost: h\r\n\r\n";

    private final HandServer server =
            new HandServer().with(Mount.at("/users/{id}"), (_, response) -> response.send("7"));

    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(Duration threshold) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable(SlowRequest.class).withThreshold(threshold);
            recording.start();
            assertEquals(HandServer.ok("7"), server.answer(GET));
            recording.stop();
            Path file = Files.createTempFile(folder, "slow", ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals("org.pollux.SlowRequest"))
                    .toList();
        }
    }

    @Test
    void aRequestThatTakesLongerThanTheThresholdIsRecorded() throws IOException {
        RecordedEvent slow = recorded(Duration.ZERO).getFirst();
        assertEquals("GET", slow.getString("method"));
        assertEquals("/users/{id}", slow.getString("route"));
        assertEquals(200, slow.getInt("status"));
    }

    @Test
    void aFasterOneIsNot() throws IOException {
        assertEquals(List.of(), recorded(Duration.ofHours(1)));
    }
}
