package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        assertOutcome(2, "--home wants a folder", "status", "--home");
        assertOutcome(2, "unknown option '--fast'", "--fast", "status");
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
        assertOutcome(1, "--set nonsense: not of the form", "start", "--home", "home", "--set", "nonsense");
    }

    @Test
    void a_pid_that_belongs_to_another_process_now_is_not_taken_for_a_server() throws Exception {
        Path run = Files.createDirectories(folder.resolve("home/run"));
        Files.writeString(run.resolve("pollux.pid"), ProcessHandle.current().pid() + "\n");
        assertOutcome(3, "not running", "stop", "--home", "home");
        assertOutcome(3, "not running", "status", "--home", "home");
    }
}
