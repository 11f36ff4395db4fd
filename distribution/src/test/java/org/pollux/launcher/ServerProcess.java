package org.pollux.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from the exploded distribution, and what it printed. */
final class ServerProcess implements AutoCloseable {

    /** The build's product, which the tests run. */
    static final Path DISTRIBUTION = Path.of("target/pollux").toAbsolutePath();

    private static final Path ENV = Path.of("/usr/bin/env");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Home home;
    private final Process process;
    private final Path printed;

    private ServerProcess(Home home, Process process, Path printed) {
        this.home = home;
        this.process = process;
        this.printed = printed;
    }

    /** Starts one as {@code java -jar} does, without a flag. */
    static ServerProcess start(Path home, String... options) throws IOException {
        return start(List.of(), home, options);
    }

    /** Starts one with properties of the JVM. */
    static ServerProcess start(List<String> properties, Path home, String... options) throws IOException {
        return start(Map.of(), properties, home, options);
    }

    /** The same, with more variables in its environment. */
    static ServerProcess start(Map<String, String> environment, List<String> properties, Path home, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(ENV)) { // a build that nohup started ignores SIGHUP, and its children would too
            command.addAll(List.of(ENV.toString(), "--default-signal=HUP"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(properties);
        command.addAll(
                List.of("-jar", DISTRIBUTION.resolve("lib/pollux.jar").toString(), "run", "--home", home.toString()));
        command.addAll(List.of(options));
        Path printed = Files.createTempFile("pollux", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(new Home(home), builder.start(), printed);
    }

    /** Starts one and waits until it runs: its endpoints are open, if they can be. */
    static ServerProcess running(Path home, String... options) throws Exception {
        ServerProcess server = start(home, options);
        server.awaitPrinted("Pollux runs");
        server.await(
                "its start is over", () -> server.shell("pollux:status").text().contains(", running, up "));
        return server;
    }

    Home home() {
        return home;
    }

    Process process() {
        return process;
    }

    String printed() throws IOException {
        return Files.readString(printed);
    }

    void awaitPrinted(String text) throws Exception {
        await("it prints '" + text + "'", () -> printed().contains(text));
    }

    /** Waits for something to become so, at most for a while. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            // the end of the process is what would make further waiting vain
            boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
            if (condition.call()) {
                return;
            }
            if (ended || System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not so" + (ended ? ", and the server has ended: " : ": ") + what + "\n" + printed());
            }
        }
    }

    int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end\n" + printed());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** What a command of the shell answered, with its exit status. */
    record Answer(int status, String text) {}

    Answer shell(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = new ShellClient(home, InputStream.nullInputStream(), print, print).run(Optional.of(command));
        return new Answer(status, out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(printed);
    }
}
