package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bin/pollux}, called from another folder, through a link, with blanks in its path. */
final class CommandIT {

    private static final String LINK = "a link to/pollux";

    @TempDir
    private Path folder;

    /** Else JUnit warns of a link that leaves its folder. */
    @AfterEach
    void removeLink() throws IOException {
        Files.deleteIfExists(folder.resolve(LINK));
    }

    private record Outcome(int status, String text) {}

    private Outcome pollux(String... arguments) throws IOException, InterruptedException {
        return pollux(Map.of(), arguments);
    }

    private Outcome pollux(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path link = folder.resolve(LINK);
        if (!Files.exists(link)) {
            Files.createDirectories(folder.resolve("a link to"));
            Files.createSymbolicLink(link, ServerProcess.DISTRIBUTION.resolve("bin/pollux"));
        }
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", command));
        return new Outcome(process.exitValue(), Files.readString(printed));
    }

    private void assertOutcome(int status, String text, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = pollux(arguments);
        assertEquals(status, outcome.status(), outcome.text());
        assertTrue(outcome.text().contains(text), outcome.text());
    }

    @Test
    void says_how_it_is_used() throws Exception {
        assertOutcome(0, "usage: pollux COMMAND");
        assertOutcome(0, "usage: pollux COMMAND", "--help");
        assertOutcome(2, "unknown command 'fly'", "fly");
        assertOutcome(2, "--home needs a folder", "status", "--home");
        assertOutcome(2, "unknown option '--fast'", "--fast", "status");
        assertOutcome(0, "Pollux ", "--version");
        assertOutcome(0, "Pollux ", "version");
        for (String command : List.of("run", "start", "stop", "restart", "status", "backend", "shell", "version")) {
            assertOutcome(0, "usage: pollux " + command, command, "--help");
            assertOutcome(0, "usage: pollux " + command, "help", command);
        }
        for (String command : List.of("endpoints", "connections", "routes", "deploy", "undeploy", "logs", "record")) {
            assertOutcome(0, "usage: pollux " + command, command, "--help");
        }
    }

    @Test
    void arguments_are_looked_at_before_anything_is_done() throws Exception {
        String[][] wrong = {
            {"--set nonsense: not of the form", "start", "--set", "nonsense"},
            {"--set .key=1: not of the form", "run", "--set", ".key=1"},
            {"--set a b.c=1: not of the form", "run", "--set=a b.c=1"},
            {"--set needs PID.KEY=VALUE", "restart", "--set"},
            {"--home needs a folder", "run", "--home"},
            {"--home needs a folder", "run", "--home="},
            {"'run' takes no 'now'", "run", "now"},
            {"'stop' takes no 'now'", "stop", "now"},
            {"unknown option '--set'", "status", "--set", "a.b=1"},
            {"unknown option '--fast'", "start", "--fast"},
            {"'a;b' is not a name", "backend", "a;b"},
            {"unknown option '--xml'", "status", "--xml"},
            {"'x' is not a time from 1s to 4m", "record", "--for", "x"},
            {"--watch needs a terminal", "status", "--watch"},
            {"'connections' takes nothing", "connections", "close"},
            {"'1x' is not a whole number", "connections", "close", "1x"},
            {"its name must end in .jar or .cfg", "deploy", "a.txt"},
            {"the file a.cfg does not exist", "deploy", "a.cfg"},
            {"'9m' is not a time from 1s to 4m", "record", "--for", "9m"},
            {"'0s' is not a time from 1s to 4m", "record", "--for", "0s"},
            {"'' is not a whole number", "connections", "close", ""},
            {"the file none.jar does not exist", "deploy", "none.jar"},
            {"-n needs a whole number", "logs", "-n", "x"},
            {"the DISTRIBUTION is an empty word", "upgrade", ""},
            {"unknown command 'fly'", "help", "fly"}
        };
        for (String[] line : wrong) {
            assertOutcome(2, line[0], Arrays.copyOfRange(line, 1, line.length));
        }
        assertFalse(Files.exists(ServerProcess.DISTRIBUTION.resolve(".pollux")), "no home was made");
    }

    @Test
    void an_endpoint_that_is_not_served_is_told_at_the_start_and_the_server_stays_up() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
            String[] start = {
                "start",
                "--home",
                "h",
                "--set",
                "pollux.http.endpoint=" + endpoint,
                "--set",
                "pollux.echo.endpoint=unix:e.sock"
            };
            try {
                assertOutcome(1, "! " + endpoint, start);
                Outcome status = pollux("status", "--home", "h");
                assertEquals(0, status.status(), status.text());
                assertTrue(status.text().contains("! " + endpoint), status.text());
                start[0] = "restart";
                Outcome again = pollux(start);
                assertEquals(1, again.status(), again.text());
                assertTrue(again.text().contains("not served: " + endpoint), again.text());
                assertTrue(again.text().contains("the server stays up"), again.text());
            } finally {
                assertOutcome(0, "Pollux has stopped", "stop", "--home", "h");
            }
        }
    }

    @Test
    void a_server_that_is_starting_says_so() throws Exception {
        Home home = new Home(folder.resolve("h"));
        Files.createDirectories(home.deploy());
        new BundleJar("test.slow")
                .header("Bundle-Activator", SlowActivator.class.getName())
                .header("Import-Package", "org.osgi.framework")
                .write(home.deploy().resolve("slow.jar"), SlowActivator.class);
        String[] start = {
            "start",
            "--home",
            "h",
            "--set",
            "pollux.http.endpoint=unix:h.sock",
            "--set",
            "pollux.echo.endpoint=unix:e.sock"
        };
        try {
            Outcome begun = pollux(Map.of("POLLUX_START_SECONDS", "3"), start);
            assertEquals(1, begun.status(), begun.text());
            assertTrue(begun.text().contains("goes on starting"), begun.text());
            assertOutcome(4, "Pollux is starting: pid ", "status", "--home", "h");
            Files.createFile(home.root().resolve("go"));
            Outcome status = pollux("status", "--home", "h");
            for (int i = 0; i < 100 && status.status() == 4; i++) {
                status = pollux("status", "--home", "h");
            }
            assertEquals(0, status.status(), status.text());
        } finally {
            Files.writeString(home.root().resolve("go"), "");
            Outcome stop = pollux("stop", "--home", "h");
            assertEquals(0, stop.status(), stop.text());
            assertFalse(stop.text().contains("tr:"), stop.text());
        }
    }

    @Test
    void starts_asks_restarts_and_stops_a_server() throws Exception {
        Path home = folder.resolve("my home");
        assertOutcome(3, "not running", "status", "--home", "my home");
        assertOutcome(3, "not running", "stop", "--home", "my home");

        String[] start = {
            "start",
            "--home",
            "my home",
            "--set",
            "pollux.http.endpoint=tcp://127.0.0.1:0",
            "--set",
            "pollux.echo.endpoint=tcp://127.0.0.1:0"
        };
        assertOutcome(0, "Pollux runs: pid ", start);
        try {
            assertOutcome(1, "a server runs already", start);
            assertOutcome(0, "unix:run/shell.sock", "status", "--home", home.toString());
            assertOutcome(0, "org.pollux.reactor-runtime", "shell", "--home", "./my home", "lb", "-s");
            assertOutcome(1, "unknown command 'brew'", "shell", "--home", "my home", "brew");
            assertOutcome(0, "libevent -> nio: ", "backend", "--home", "my home", "nio");
            assertOutcome(0, "nio -> libevent: ", "backend", "--home", "my home", "libevent");
            assertOutcome(1, "nonesuch", "backend", "--home", "my home", "nonesuch");
            assertOutcome(0, "\"backend\":\"libevent\"", "status", "--home", "my home", "--json");
            new BundleJar("test.a").header("Bundle-Version", "1.0").write(folder.resolve("an a.jar"));
            assertOutcome(0, "test.a 1.0.0 (bundle ", "deploy", "--home", "my home", "an a.jar");
            assertOutcome(0, "Installing bundle test.a", "logs", "--home", "my home", "-n", "50");

            Path half = Files.createDirectories(folder.resolve("half/bin"));
            Files.copy(ServerProcess.DISTRIBUTION.resolve("bin/pollux"), half.resolve("pollux"));
            assertOutcome(1, "is not a complete distribution", "upgrade", "--home", "my home", "half");
            Outcome failed = pollux(Map.of("POLLUX_OPTS", "-XX:+NoSuchFlag"), "upgrade", "--home", "my home");
            assertEquals(1, failed.status(), failed.text());
            assertTrue(failed.text().contains("NoSuchFlag"), failed.text());

            start[0] = "restart";
            assertOutcome(0, "Pollux has stopped", start);
            assertOutcome(0, "nio", "backend", "--home", "my home");
        } finally {
            assertOutcome(0, "Pollux has stopped", "stop", "--home", "my home");
        }
        assertOutcome(3, "not running", "status", "--home", "my home");
    }

    @Test
    void says_why_a_server_did_not_start() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        assertOutcome(1, "cannot write to", "start", "--home", "file/home");
    }

    @Test
    void a_pid_that_belongs_to_another_process_now_is_not_taken_for_a_server() throws Exception {
        Path run = Files.createDirectories(folder.resolve("home/run"));
        Files.writeString(run.resolve("pollux.pid"), ProcessHandle.current().pid() + "\n");
        assertOutcome(3, "not running", "stop", "--home", "home");
        assertOutcome(3, "not running", "status", "--home", "home");
    }

    @Test
    void writes_a_new_project_as_the_source_tree_does() throws Exception {
        for (String kind : List.of("protocol", "handler", "filter", "backend")) {
            assertOutcome(0, "mvn verify", "new", kind, "com.acme.my-own", "new " + kind);
            Process tree = new ProcessBuilder(
                            "../pollux",
                            "new",
                            kind,
                            "com.acme.my-own",
                            folder.resolve("tree's " + kind).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("printed").toFile())
                    .start();
            assertTrue(tree.waitFor(60, TimeUnit.SECONDS));
            assertEquals(files(folder.resolve("tree's " + kind)), files(folder.resolve("new " + kind)));
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
