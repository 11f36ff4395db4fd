package org.pollux.samples.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP in a {@code main}: the lines of the README, and the sample, each in a JVM of its own. */
class ReadmeTest {

    private static final Pattern PROGRAM = Pattern.compile("```java\n([^`]*void main\\(\\)[^`]*HttpProtocol[^`]*)```");

    @TempDir
    private Path folder;

    @Test
    void theLinesOfTheReadmeServe() throws Exception {
        var program = PROGRAM.matcher(Files.readString(Path.of("..", "..", "README.md")));
        assertTrue(program.find());
        int port = freePort();
        Path source = folder.resolve("Hello.java");
        Files.writeString(source, program.group(1).replace("8080", Integer.toString(port)));
        assertServesWithoutNoise(port, source.toString());
    }

    @Test
    void theSampleServes() throws Exception {
        int port = freePort();
        assertServesWithoutNoise(port, HttpServer.class.getName(), Integer.toString(port));
    }

    private void assertServesWithoutNoise(int port, String... program) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process server = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        classPath()),
                                Stream.of(program))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals("Hello, World!\n", get(client, port, server, printed));
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertEquals("", Files.readString(printed));
    }

    private static String get(HttpClient client, int port, Process server, Path printed)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                assertTrue(server.isAlive() && System.nanoTime() < deadline, Files.readString(printed));
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** That of this test, with one SLF4J provider: the sample's. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("slf4j-simple"))
                        .toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
