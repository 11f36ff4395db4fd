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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return start(command, "");
    }

    private Process start(List<String> command, String locale) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out().toFile())
                .redirectError(err().toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        if (!locale.isEmpty()) {
            builder.environment().put("LC_ALL", locale);
        }
        return builder.start();
    }

    /** A line of a shell in which {@code $pollux} is the command. */
    private Process shell(Path distribution, String line) throws IOException {
        String pollux = distribution.resolve("bin/pollux").toString();
        return start(List.of("sh", "-c", "pollux=$1; url=$2; " + line, "sh", pollux, url("")), "");
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

    @ParameterizedTest
    @CsvSource({"HUP, 129, hung up", "INT, 130, interrupted"})
    void everySignalThatEndsItLeavesNoHalfFile(String signal, int status, String told) throws Exception {
        Path saved = folder.resolve("saved");
        // a build that nohup or a shell's & has started ignores them, and its children would too
        Process process = shell(
                ServerProcess.DISTRIBUTION, "exec env --default-signal=HUP,INT $pollux fetch -o saved/ $url/begins");
        await("it has begun", () -> Files.isDirectory(saved) && names(saved).size() == 1);
        kill(signal, process);
        assertStatus(status, process);
        assertEquals(List.of(), names(saved));
        assertTrue(Files.readString(err()).contains(told + ": 0 of 1 files are complete"), Files.readString(err()));
    }

    private static void kill(String signal, Process process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    @Test
    void whatIsToSurviveAHangUpDoes() throws Exception {
        Path saved = folder.resolve("saved");
        Process process = shell(ServerProcess.DISTRIBUTION, "trap '' HUP; exec $pollux fetch -o saved/ $url/begins");
        await("it has begun", () -> Files.isDirectory(saved) && names(saved).size() == 1);
        kill("HUP", process);
        process.destroy(); // had it heard the first, this would be too late
        assertStatus(143, process);
        assertEquals(List.of(), names(saved));
    }

    @Test
    void whoeverReadsNoMoreEndsIt() throws Exception {
        assertStatus(
                0, shell(ServerProcess.DISTRIBUTION, "{ $pollux fetch $url/a $url/begins; echo $? >status; } | :"));
        assertEquals("141\n", Files.readString(folder.resolve("status")));
    }

    // ---- what surrounds it

    /** The bytes of the command line are UTF-8, whatever the locale has. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_YY.UTF-8", "C.UTF-8"})
    void lettersAreWhatTheyAreInEveryLocale(String locale) throws Exception {
        String line =
                "exec \"$0\" fetch -q -o \"$(printf 'd\\303\\244')\" \"$1$(printf '/x/\\303\\244')\" \"$1/%C3%B6\"";
        String pollux = ServerProcess.DISTRIBUTION.resolve("bin/pollux").toString();
        assertStatus(0, start(List.of("sh", "-c", line, pollux, url("")), locale));
        String listed =
                "cd d*; for file in *; do cat \"$file\"; done; ls | od -An -tx1 | tr -d ' \\n'; cd ..; ls -d d* | od -An -tx1 | tr -d ' \\n'";
        assertStatus(0, start(List.of("sh", "-c", listed), "C"));
        assertEquals("/x/\u00E4/\u00F6" + "c3a40a" + "c3b60a" + "64c3a40a", Files.readString(out()));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
        assertStatus(2, shell(ServerProcess.DISTRIBUTION, "exec $pollux fetch \"$url$(printf '/\\344')\""));
        assertTrue(Files.readString(err()).contains("has bytes that are not UTF-8"), Files.readString(err()));
    }

    @Test
    void closedDescriptorsAreNoOtherFiles() throws Exception {
        assertStatus(0, shell(ServerProcess.DISTRIBUTION, "exec $pollux fetch -q $url/a <&-"));
        assertEquals("/a", Files.readString(out()));
        assertStatus(1, shell(ServerProcess.DISTRIBUTION, "exec $pollux fetch -q $url/a >&-"));
        assertTrue(Files.readString(err()).contains("standard output is closed"), Files.readString(err()));
        assertStatus(0, shell(ServerProcess.DISTRIBUTION, "exec $pollux fetch -o saved/ $url/a <&- >&- 2>&-"));
        assertEquals("/a", Files.readString(folder.resolve("saved/a")));
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

    /** It is made while nobody waits: neither a shell for the end of the output, nor whoever gave it another descriptor. */
    @Test
    void theCacheIsMadeAwayFromWhatStartedIt() throws Exception {
        Path copy = copyOfTheDistribution();
        slowTraining();
        for (String line : List.of(
                "echo \"$(\"$pollux\" fetch -q $url/a)\"",
                "\"$pollux\" fetch -q $url/a | cat",
                "\"$pollux\" fetch -q $url/a 5>&1 7>&1 | cat")) {
            assertStatus(0, shell(copy, line));
            assertEquals("/a", Files.readString(out()).strip());
            await("a cache is being made", () -> Files.exists(folder.resolve("training")));
            assertFalse(Files.exists(folder.resolve("trained")), "nobody has waited for it");
            Files.delete(folder.resolve("training"));
            forgetTheCache(copy);
        }
        Files.writeString(folder.resolve("go on"), "");
        await("nothing is left running", () -> Files.exists(folder.resolve("trained")));
    }

    /** A JDK whose training does not end before it may. */
    private void slowTraining() throws IOException {
        Path real = javaHome;
        javaHome = folder.resolve("jdk");
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                cd "%s"
                case "$*" in
                    *AOTCacheOutput*) : >training; until [ -e "go on" ] || [ ! -d "%s" ]; do sleep 0.1; done; : >trained; exit 1 ;;
                esac
                exec "%s" "$@"
                """.formatted(folder, folder, real.resolve("bin/java")));
        assertTrue(java.toFile().setExecutable(true));
        Files.copy(real.resolve("release"), javaHome.resolve("release"));
    }

    private static void forgetTheCache(Path distribution) throws IOException {
        for (String name : names(distribution.resolve("cache"))) {
            Files.deleteIfExists(distribution.resolve("cache").resolve(name));
        }
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
