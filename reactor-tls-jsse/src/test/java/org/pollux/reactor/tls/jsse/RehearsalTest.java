package org.pollux.reactor.tls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The classes of the JDK are loaded when a context is made, so the first client does not hold up its loop. */
@Timeout(120)
class RehearsalTest {

    /** Without the rehearsal there are some 400. */
    private static final int FEW = 60;

    @Test
    void theFirstHandshakeOfANewJvmLoadsFewClasses() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstHandshake.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = program.inputReader()) {
            List<String> lines = output.lines().toList();
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            assertEquals(2, lines.size(), lines::toString);
            int classes = Integer.parseInt(lines.getFirst().replace("classes ", ""));
            assertTrue(classes < FEW, lines::toString);
        } finally {
            program.destroyForcibly();
        }
    }
}
