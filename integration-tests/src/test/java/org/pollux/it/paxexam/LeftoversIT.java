package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.it.paxexam.BrokenFixtures.BundlesThatDoNotStart;
import org.pollux.it.paxexam.BrokenFixtures.ForkedBundlesThatDoNotStart;
import org.pollux.it.paxexam.BrokenFixtures.ForkedWithoutAFile;
import org.pollux.it.paxexam.BrokenFixtures.UnknownFlag;
import org.pollux.it.paxexam.Fixtures.Crashing;
import org.pollux.it.paxexam.Fixtures.Forked;
import org.pollux.it.paxexam.Fixtures.Mixed;
import org.pollux.it.paxexam.Fixtures.Ordered;

/** After a class its container leaves nothing behind, however the class ended. */
final class LeftoversIT {

    private static final Duration DEADLINE = Duration.ofSeconds(40);

    /** What the JDK keeps for RMI, processes and futures, once it has been used: daemons that end by themselves when idle. */
    private static final Set<String> JDK = Set.of("RMI", "process", "ForkJoinPool.commonPool");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Mixed.class,
                Ordered.class,
                BundlesThatDoNotStart.class,
                Forked.class,
                Crashing.class,
                ForkedBundlesThatDoNotStart.class,
                ForkedWithoutAFile.class,
                UnknownFlag.class
            })
    void nothingIsLeftOf(Class<?> fixture) throws Exception {
        var threads = Thread.getAllStackTraces().keySet();
        var properties = Map.copyOf(System.getProperties());
        var processes = children();

        TestRun.of(fixture);

        assertEquals(properties, Map.copyOf(System.getProperties()));
        assertEquals(processes, children());
        assertEquals(List.of(), folders());
        var started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(threads);
        for (var thread : started) {
            assertTrue(isOfTheJdk(thread) || thread.join(DEADLINE), () -> thread + " still runs");
        }
    }

    private static boolean isOfTheJdk(Thread thread) {
        return thread.isDaemon() && JDK.stream().anyMatch(thread.getName()::startsWith);
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private static List<Path> folders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(Surroundings.FOLDER))
                    .toList();
        }
    }
}
