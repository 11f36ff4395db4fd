package org.pollux.reactor.tck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a main method in another JVM, for tests of the flags that a backend needs and of its behaviour without them. */
public final class Jvm {

    private static final long LONGEST_SECONDS = 120;

    private Jvm() {}

    /**
     * Runs a program on the test's class path, and waits for its end. After two minutes it is killed.
     *
     * @param flags of that JVM, which inherits none
     * @return its whole output, including errors
     */
    public static String run(Class<?> main, String... flags) throws IOException, InterruptedException {
        return runAfter("", main, flags);
    }

    /**
     * Runs a program after shell commands, which may set limits.
     *
     * @param commands for {@code sh}, each with a semicolon at its end: {@code ulimit -n 256;}
     */
    public static String runAfter(String commands, Class<?> main, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", commands + "exec \"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }
}
