package org.pollux.reactor.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording of one event of Pollux, in this process. */
public final class Recorded implements AutoCloseable {

    private final String name;
    private final Recording recording = new Recording();

    /** Records an event, without its threshold. */
    public Recorded(String event) {
        name = "org.pollux." + event;
        recording.enable(name).withoutThreshold();
        recording.start();
    }

    /** All that was recorded. It records nothing more. */
    public List<RecordedEvent> events() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("pollux", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(name))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
