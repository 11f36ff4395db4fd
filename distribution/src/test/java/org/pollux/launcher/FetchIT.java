package org.pollux.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/pollux fetch} as a process, against the JDK's server. */
final class FetchIT {

    private static final int PATIENCE = 60;

    @TempDir
    private Path folder;

    private Path javaHome = Path.of(System.getProperty("java.home"));
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = path.getBytes(UTF_8);
            switch (path) {
                case "/nothing" -> exchange.sendResponseHeaders(404, -1);
                case "/begins" -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(body);
                    exchange.getResponseBody().flush();
                    return; // and never ends
                }
                default -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path err() {
        return folder.resolve("err");
    }

    private Process start(Path distribution, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(distribution.resolve("bin/pollux").toString(), "fetch"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out().toFile())
                .redirectError(err().toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        return builder.start();
    }

    private void assertStatus(int status, Process process) throws Exception {
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it ends");
        assertEquals(status, process.exitValue(), Files.readString(err()));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, what);
            Thread.onSpinWait();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void printsInOrderAndTellsOfFailuresApart() throws Exception {
        assertStatus(1, start(ServerProcess.DISTRIBUTION, url("/b"), url("/nothing"), url("/a")));
        assertEquals("/b/a", Files.readString(out()));
        String told = Files.readString(err());
        assertTrue(told.contains("pollux: " + url("/nothing") + ": 404 Not Found\n"), told);
        assertTrue(told.contains("\n2 files, 4 bytes in "), told);
        assertEquals(List.of("err", "out"), names(folder));
    }

    @Test
    void savesWithEitherBackend() throws Exception {
        for (String backend : List.of("nio", "libevent")) {
            Path saved = folder.resolve("saved by " + backend);
            String[] arguments = {
                "-q", "--backend", backend, "-o", saved.getFileName().toString(), url("/x/a"), url("/")
            };
            assertStatus(0, start(ServerProcess.DISTRIBUTION, arguments));
            assertEquals(List.of("a", "index.html"), names(saved));
            assertEquals("/x/a", Files.readString(saved.resolve("a")));
            assertEquals("", Files.readString(err()));
        }
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        assertStatus(0, start(ServerProcess.DISTRIBUTION, "--help"));
        assertTrue(Files.readString(out()).startsWith("usage: pollux fetch [OPTION ...] URL ..."));
        assertStatus(2, start(ServerProcess.DISTRIBUTION));
        assertTrue(Files.readString(err()).startsWith("pollux: no URL is given"));
    }

    @Test
    void whatIsInterruptedLeavesNoHalfFile() throws Exception {
        Path saved = folder.resolve("saved");
        Process process = start(ServerProcess.DISTRIBUTION, "-o", "saved", url("/whole"), url("/begins"));
        await(
                "one is whole, the other is not",
                () -> Files.isDirectory(saved)
                        && names(saved).size() == 2
                        && names(saved).contains("whole"));
        process.destroy();
        assertStatus(143, process);
        assertEquals(List.of("whole"), names(saved));
        assertTrue(Files.readString(err()).contains("terminated: 1 of 2 files are complete"), Files.readString(err()));
    }

    /** For what the folder has cached would be there from another test. */
    private Path copyOfTheDistribution() throws IOException {
        Path copy = folder.resolve("copy of it");
        try (Stream<Path> files = Files.walk(ServerProcess.DISTRIBUTION)) {
            for (Path file :
                    files.filter(file -> !file.toString().contains("/cache")).toList()) {
                Files.copy(
                        file,
                        copy.resolve(ServerProcess.DISTRIBUTION.relativize(file).toString()));
            }
        }
        return copy;
    }

    @Test
    void theFirstRunMakesACacheThatTheNextOnesUse() throws Exception {
        Path copy = copyOfTheDistribution();
        assertStatus(0, start(copy, "-q", url("/a")));
        Path cache = copy.resolve("cache");
        await("a cache is made", () -> names(cache).stream().anyMatch(name -> name.endsWith(".aot")));

        assertStatus(0, start(copy, "-q", url("/b")));
        assertEquals("/b", Files.readString(out()));
        assertEquals("", Files.readString(err()));

        for (String name : names(cache)) {
            Files.writeString(cache.resolve(name), "this is no cache");
        }
        assertStatus(0, start(copy, "-q", url("/c")));
        assertEquals("/c", Files.readString(out()));
        assertEquals("", Files.readString(err()), "a broken cache is passed over in silence");
        assertFalse(names(copy).contains(".pollux"), "no home is made");
    }

    /** The JVM that makes it may be killed, or find the disk full, and the one that trains it says nothing of that. */
    @Test
    void aCacheThatDoesNotWorkIsNotKept() throws Exception {
        Path copy = copyOfTheDistribution();
        Path real = javaHome;
        javaHome = folder.resolve("jdk");
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case "$*" in *AOTCacheOutput*) exit 0 ;; *AOTMode=on*) : >"%s" ;; esac
                exec "%s" "$@"
                """.formatted(folder.resolve("tried"), real.resolve("bin/java")));
        assertTrue(java.toFile().setExecutable(true));
        Files.copy(real.resolve("release"), javaHome.resolve("release"));

        assertStatus(0, start(copy, "-q", url("/a")));
        await("it is tried", () -> Files.exists(folder.resolve("tried")));
        await("nothing is kept", () -> names(copy.resolve("cache")).isEmpty());
    }
}
