package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.junit.jupiter.api.Test;

/** {@code pollux.jfc} of the distribution has each event, with its threshold. */
final class FlightRecorderSettingsTest {

    @Test
    void eachEventHasItsSettings() throws IOException, ParseException {
        Map<String, String> expected = new TreeMap<>();
        new ClassFileImporter()
                .importPackages("org.pollux.reactor.runtime.recording", "org.pollux.http.server.recording").stream()
                        .filter(type -> type.isAssignableTo(Event.class))
                        .forEach(type -> {
                            String name = type.getAnnotationOfType(Name.class).value();
                            expected.put(name + "#enabled", "true");
                            type.tryGetAnnotationOfType(Threshold.class)
                                    .ifPresent(threshold -> expected.put(name + "#threshold", threshold.value()));
                        });
        Map<String, String> settings = Configuration.create(Path.of("../distribution/src/main/jfr/pollux.jfc"))
                .getSettings();
        assertEquals(lines(expected), lines(new TreeMap<>(settings)));
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\n"));
    }
}
