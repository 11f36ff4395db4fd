package org.pollux.reactor.tck.seeds;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of test classes with one seed, and what has failed. */
final class SeededRun implements Runnable, TestExecutionListener {

    private final long seed;
    private final List<Class<?>> tests;
    private final List<String> failures = new ArrayList<>();
    private int count;

    SeededRun(long seed, List<Class<?>> tests) {
        this.seed = seed;
        this.tests = tests;
    }

    @Override
    public void run() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(test -> selectClass(test)).toList())
                .filters(TagFilter.excludeTags(SeededTests.EXACT, SeededTests.ONCE))
                .build();
        LauncherFactory.create().execute(request, this);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            count++;
        }
        result.getThrowable()
                .filter(_ -> result.getStatus() == TestExecutionResult.Status.FAILED)
                .ifPresent(thrown -> {
                    String method = test.getSource().map(SeededRun::name).orElse("");
                    failures.add("  " + method + " " + test.getDisplayName() + ": " + thrown + place(thrown));
                });
    }

    private static String name(TestSource source) {
        return source instanceof MethodSource method
                ? method.getJavaClass().getSimpleName() + "#" + method.getMethodName()
                : source.toString();
    }

    /** The line of ours that failed. */
    private static String place(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().startsWith("org.pollux.")) {
                return " at " + element;
            }
        }
        return "";
    }

    boolean isFailed() {
        return count == 0 || !failures.isEmpty();
    }

    int count() {
        return count;
    }

    /** What has failed, with the command that repeats it. */
    String report() {
        return "seed " + seed + ": of " + count + " tests " + failures.size() + " fail\n" + String.join("\n", failures)
                + "\n  to repeat it: benchmarks/chaos --seed " + seed + " --module "
                + Path.of("").toAbsolutePath().getFileName();
    }
}
