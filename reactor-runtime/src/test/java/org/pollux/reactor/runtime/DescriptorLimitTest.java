package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.Await;

/** A process that has no descriptors left. */
class DescriptorLimitTest {

    private static final int LIMIT = 64;

    private final List<String> said = new ArrayList<>();

    @Test
    void case43_acceptingWithoutDescriptorsDoesNotSpinAndRecoversWhenTheyReturn() throws Exception {
        Process process = start();
        List<Socket> clients = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            int port = number(lines, "port ");
            for (int i = 0; i < 2 * LIMIT; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
                clients.getLast().setSoTimeout((int) Await.DEADLINE.toMillis());
            }
            assertGreeted(clients.removeFirst());
            number(lines, "turns ");
            assertTrue(number(lines, "turns ") < 100, "turns in half a second");
            for (Socket client : clients) {
                assertGreeted(client); // each one's end gives a descriptor to another
            }
        } finally {
            process.destroyForcibly();
            for (Socket client : clients) {
                client.close();
            }
        }
        assertTrue(said.stream().anyMatch(line -> line.contains("ulimit -n")), "the remedy is not said: " + said);
    }

    private static Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$@\"",
                        "bash",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        DescriptorLimit.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    private int number(BufferedReader lines, String prefix) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith(prefix)) {
                return Integer.parseInt(line.substring(prefix.length()));
            }
        }
        throw new AssertionError("The process ended: " + said);
    }

    private static void assertGreeted(Socket client) throws IOException {
        assertEquals('!', client.getInputStream().read());
        client.close();
    }
}
