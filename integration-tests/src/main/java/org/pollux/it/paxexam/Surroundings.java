package org.pollux.it.paxexam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Outside: what a container changes in its surroundings and Pax Exam leaves changed: system properties, files, a forked JVM, and the
 * class loader of the thread. Equinox's finds no class of Pax Exam, so a forked container after a native one would not be found.
 */
final class Surroundings implements AutoCloseable {

    /** What the names of this JVM's folders begin with. */
    static final String FOLDER = "pax-exam-" + ProcessHandle.current().pid() + "-";

    private static final long SECONDS_TO_END = 10;
    private static final long SECONDS_TO_CRASH = 1;

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final Properties properties = (Properties) System.getProperties().clone();
    private final Set<ProcessHandle> strangers = children();
    private final Path folder;
    private Set<ProcessHandle> forked = Set.of();

    private Surroundings(Path folder) {
        this.folder = folder;
    }

    /** To be called before the container starts. */
    static Surroundings remember() throws IOException {
        return new Surroundings(Files.createTempDirectory(FOLDER));
    }

    /** A folder for this container alone. */
    Path folder() {
        return folder;
    }

    /** The container has started, or tried to: a process that was not there before is its JVM. */
    void started() {
        forked = children();
        forked.removeAll(strangers);
    }

    /** Whether there was a forked JVM, but is none any more. */
    boolean jvmIsGone() {
        return !forked.isEmpty() && forked.stream().allMatch(process -> ends(process, SECONDS_TO_CRASH));
    }

    /** To be called after the container has stopped. */
    @Override
    public void close() throws IOException {
        try {
            for (var process : forked) {
                if (!ends(process, SECONDS_TO_END)) {
                    process.destroyForcibly();
                }
            }
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
            System.setProperties(properties);
            delete(folder);
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private static boolean ends(ProcessHandle process, long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
