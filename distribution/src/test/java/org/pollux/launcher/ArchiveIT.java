package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The archive and our jars in it have nothing of the machine that built them: no time, no folder, no user. The script
 * distribution/reproducible compares two whole builds.
 */
final class ArchiveIT {

    /** The property project.build.outputTimestamp of the root's pom. */
    private static final Set<LocalDateTime> FIXED = Set.of(LocalDateTime.of(2025, 1, 1, 0, 0));

    @Test
    void everyEntryHasTheFixedTimeAndNoManifestTellsOfTheMachine() throws IOException {
        String version =
                Files.readString(ServerProcess.DISTRIBUTION.resolve("VERSION")).strip();
        Set<LocalDateTime> times = new HashSet<>();
        int jars = 0;
        try (ZipFile archive = new ZipFile("target/pollux-" + version + ".zip")) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                times.add(entry.getTimeLocal());
                if (entry.getName().endsWith(".jar")) {
                    jars += look(entry.getName(), new JarInputStream(archive.getInputStream(entry)));
                }
            }
        }
        assertEquals(FIXED, times);
        assertTrue(jars > 20, "jars of ours: " + jars);
    }

    /** 1 if the jar is ours. */
    private static int look(String name, JarInputStream jar) throws IOException {
        if (jar.getManifest() == null) {
            return 0;
        }
        Attributes manifest = jar.getManifest().getMainAttributes();
        String text = manifest.entrySet().toString();
        if (!text.contains("org.pollux")) {
            return 0;
        }
        for (String told : Set.of("Bnd-LastModified", "Built-By", "Build-Host", System.getProperty("user.dir"))) {
            assertFalse(text.contains(told), () -> name + " tells " + told + ": " + text);
        }
        Set<LocalDateTime> times = new HashSet<>();
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            times.add(entry.getTimeLocal());
        }
        assertEquals(FIXED, times, name);
        return 1;
    }
}
