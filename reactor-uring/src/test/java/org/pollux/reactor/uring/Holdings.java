package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the process holds of the system now.
 *
 * @param descriptors open files
 * @param rings of them, rings
 * @param mappings of memory that belongs to rings
 */
record Holdings(long descriptors, long rings, long mappings) {

    static Holdings now() {
        try (var all = Files.list(Path.of("/proc/self/fd"));
                var maps = Files.lines(Path.of("/proc/self/maps"))) {
            var targets = all.map(Holdings::target).toList();
            return new Holdings(
                    targets.size(),
                    targets.stream().filter(Holdings::isRing).count(),
                    maps.filter(Holdings::isRing).count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException _) {
            return "closed meanwhile";
        }
    }

    private static boolean isRing(String line) {
        return line.contains("[io_uring]");
    }

    /** As many rings and mappings as before, and descriptors apart from a few that the JVM may open. */
    void requireNoMoreThan(Holdings before, int more) {
        assertTrue(
                rings <= before.rings && mappings <= before.mappings && descriptors <= before.descriptors + more,
                () -> before + " before, " + this + " now");
    }
}
