package org.pollux.it.paxexam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ops4j.pax.exam.TestContainerException;

/**
 * Outside: sees that the JVM which Pax Exam is about to fork will start.
 *
 * <p>Pax Exam forks the one of JAVA_HOME, which need not be the one that runs the tests (failsafe sees to it, an IDE may not); and if it dies at once, because of an unknown flag
 * for example, Pax Exam goes on looking for it in a busy loop of 60 seconds and then does not know why it is not there.
 */
final class ForkedJvm {

    private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

    private ForkedJvm() {}

    /** Starts it with these flags, for as long as it takes to say its version. */
    static void check(List<String> flags) {
        var variable = System.getenv("JAVA_HOME");
        check(variable == null ? System.getProperty("java.home") : variable, flags);
    }

    static void check(String home, List<String> flags) {
        var command = new ArrayList<>(List.of(Path.of(home, "bin", "java").toString()));
        // A debugger's port can be listened on once, and may make the JVM wait.
        flags.stream()
                .filter(flag -> !flag.startsWith("-agentlib:jdwp") && !flag.startsWith("-Xrunjdwp"))
                .forEach(command::add);
        command.add("-version");
        var output = new StringBuilder();
        if (run(command, output) != 0) {
            throw new TestContainerException("the JVM to fork does not start: " + command + "\n" + output);
        }
        var version = VERSION.matcher(output);
        int feature = Runtime.version().feature();
        if (version.find() && Integer.parseInt(version.group(1)) < feature) {
            throw new TestContainerException("the container would be forked on Java " + version.group(1) + " of " + home
                    + ", but the tests run on Java " + feature + ": unset JAVA_HOME, or set it to the same");
        }
    }

    private static int run(List<String> command, StringBuilder output) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            output.append(new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()));
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestContainerException("interrupted while starting " + command, e);
        }
    }
}
