package org.pollux.reactor.libevent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.spi.Poller;

/** Another JVM that opens pollers until it has so many, or fails: for tests of its flags and limits. */
final class Jvm {

    private Jvm() {}

    /** Runs it behind some shell commands, and returns all that it prints. */
    static String run(String before, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + "exec \"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jvm.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }

    /** Prints why it cannot open any more. */
    public static void main(String[] args) {
        List<Poller> pollers = new ArrayList<>();
        try {
            var backend = new LibeventBackend();
            while (pollers.size() < 1_000) {
                pollers.add(backend.open());
            }
        } catch (IOException | LibeventUnavailableException e) {
            System.out.println(e.getMessage());
        }
        System.out.println("alive, with " + pollers.size() + " pollers");
    }
}
