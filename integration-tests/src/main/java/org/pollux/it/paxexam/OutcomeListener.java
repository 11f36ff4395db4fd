package org.pollux.it.paxexam;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.pollux.it.paxexam.Outcome.Failed;
import org.pollux.it.paxexam.Outcome.Passed;
import org.pollux.it.paxexam.Outcome.Skipped;

/** Inside: notes what became of one test and of what is below it. */
final class OutcomeListener implements TestExecutionListener {

    private final String uniqueId;
    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean found;

    OutcomeListener(String uniqueId) {
        this.uniqueId = uniqueId;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        outcomes.add(new Skipped(test.getDisplayName(), reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        found |= test.getUniqueId().equals(uniqueId);
        var name = test.getDisplayName();
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                // Of a class or another container that went well there is nothing to tell.
                if (test.isTest()) {
                    outcomes.add(new Passed(name));
                }
            }
            case ABORTED -> outcomes.add(new Skipped(name, reason(result)));
            case FAILED -> outcomes.add(new Failed(name, Failure.of(cause(result))));
        }
    }

    /** What was noted. Never empty handed: a test that neither ran, nor was skipped, nor had a class that failed, is a failure. */
    Report report() {
        if (!found && outcomes.isEmpty()) {
            return Report.of(new IllegalStateException("not found inside the container: " + uniqueId
                    + ": does the class look the same there, do its arguments depend on where it is loaded?"));
        }
        return new Report(List.copyOf(outcomes));
    }

    private static String reason(TestExecutionResult result) {
        return result.getThrowable().map(Throwable::getMessage).orElse("aborted");
    }

    private static Throwable cause(TestExecutionResult result) {
        return result.getThrowable().orElseGet(() -> new AssertionError("failed without saying why"));
    }
}
