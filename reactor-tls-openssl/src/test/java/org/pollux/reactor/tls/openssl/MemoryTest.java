package org.pollux.reactor.tls.openssl;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What idle sessions cost, and that handshakes and contexts give back what they took. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class MemoryTest {

    /** Without a compiler, and with a heap that is touched at the start: what grows is OpenSSL's. */
    private static final List<String> FLAGS = List.of(
            "-Xint",
            "-XX:+UseSerialGC",
            "-Xms96m",
            "-Xmx96m",
            "-XX:+AlwaysPreTouch",
            "--enable-native-access=ALL-UNNAMED");

    /** A session leaves more than this behind, and so does a certificate or a context. */
    private static final int LOST = 1_500;

    @Test
    void anIdleSessionIsSmallAndNothingIsLeftBehind() throws Exception {
        Map<String, Integer> measured = measure();
        assertEquals(10, measured.size(), measured::toString);
        measured.forEach(
                (what, bytes) -> assertTrue(bytes < most(what), () -> bytes + " bytes of " + what + ", " + measured));
    }

    private static int most(String what) {
        return switch (what) {
            case "idle.used", "idle.resident" -> 16_384;
            case "idle.heap" -> 2_048;
            default -> LOST;
        };
    }

    private static Map<String, Integer> measure() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryProgram.class.getName()));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            List<String> lines = output.lines().toList();
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, program.exitValue(), lines::toString);
            return lines.stream()
                    .map(line -> line.split(" "))
                    .collect(toMap(words -> words[0], words -> Integer.parseInt(words[1])));
        } finally {
            program.destroyForcibly();
        }
    }
}
