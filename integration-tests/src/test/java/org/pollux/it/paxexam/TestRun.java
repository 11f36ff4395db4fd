package org.pollux.it.paxexam;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a fixture as a build would, and looks at what it reports. */
final class TestRun {

    private TestRun() {}

    static EngineExecutionResults of(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .execute();
    }

    static List<String> names(Events events) {
        return events.stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** Why a test, or a class, failed. */
    static Throwable failure(EngineExecutionResults results, String name) {
        return throwable(results.allEvents().failed(), name);
    }

    /** Why a test, or its class, failed, when nothing else did. */
    static Throwable onlyFailure(EngineExecutionResults results) {
        var failed = results.allEvents().failed().list();
        if (failed.size() != 1) {
            throw new AssertionError(
                    "not one failure, but " + names(results.allEvents().failed()));
        }
        return throwable(failed.getFirst());
    }

    /** Why a test was aborted, which is how a build takes it as skipped. */
    static Throwable abortion(EngineExecutionResults results, String name) {
        return throwable(results.allEvents().aborted(), name);
    }

    private static Throwable throwable(Events events, String name) {
        return events.stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals(name))
                .map(TestRun::throwable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names(events)));
    }

    private static Throwable throwable(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
