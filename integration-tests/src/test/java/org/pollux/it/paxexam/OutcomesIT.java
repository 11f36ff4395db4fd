package org.pollux.it.paxexam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.pollux.it.paxexam.Fixtures.Crashing;
import org.pollux.it.paxexam.Fixtures.Forked;
import org.pollux.it.paxexam.Fixtures.Mixed;
import org.pollux.it.paxexam.Fixtures.NoJUnit;
import org.pollux.it.paxexam.Fixtures.UsesWhatIsNotThere;

/** How JUnit outside, and so the build, reports what happened inside. */
final class OutcomesIT {

    private static EngineExecutionResults mixed;

    @BeforeAll
    static void runTheFixture() {
        mixed = TestRun.of(Mixed.class);
    }

    @Test
    void whatPassesInsidePasses() {
        assertThat(TestRun.names(mixed.testEvents().succeeded()))
                .containsExactlyInAnyOrder("passes()", "[1] 1", "good");
    }

    @Test
    void aFailureKeepsItsTypeItsMessageAndItsLine() {
        var failure = TestRun.failure(mixed, "fails()");
        assertThat(failure).hasMessageContaining("expected: <wanted> but was: <gotten>");
        assertThat(failure)
                .asInstanceOf(type(AssertionFailedError.class))
                .extracting(error -> error.getExpected().getValue())
                .isEqualTo("wanted");
        assertThrownInTheLineItNames(failure, "fails");
    }

    @Test
    void aFailureThatCannotLeaveTheContainerIsTold() {
        var failure = TestRun.failure(mixed, "throwsWhatOnlyTheInsideKnows()");
        assertThat(failure).hasMessageContaining("Unwritable: no way out").hasRootCauseMessage("the cause");
        assertThrownInTheLineItNames(failure, "throwsWhatOnlyTheInsideKnows");
    }

    @Test
    void aTestThatHangsIsInterrupted() {
        assertThat(TestRun.failure(mixed, "hangs()")).isInstanceOf(TimeoutException.class);
    }

    @Test
    void anAssumptionThatDoesNotHoldInsideAborts() {
        assertThat(TestRun.abortion(mixed, "isAborted()"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageEndingWith("an assumption that does not hold inside");
    }

    @Test
    void aTestThatIsDisabledInsideDoesNotPass() {
        assertThat(TestRun.abortion(mixed, "isDisabledInside()")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aTestThatIsNotFoundInsideFails() {
        assertThat(TestRun.failure(mixed, "[2] 2")).hasMessageStartingWith("not found inside the container: ");
    }

    @Test
    void aClassThatCannotBeLoadedInsideIsAFailureThatNamesWhatIsMissing() {
        assertThat(TestRun.failure(TestRun.of(UsesWhatIsNotThere.class), "passes()"))
                .hasStackTraceContaining("org.junit.platform.testkit");
        // Felix starts the probe, and the test fails; Equinox does not, and the class fails
        assertThat(TestRun.onlyFailure(TestRun.of(NoJUnit.class)))
                .hasStackTraceContaining("ClassNotFoundException: org.junit.");
    }

    @Test
    void theTestsOfAFactoryAreReportedOneByOne() {
        assertThat(TestRun.failure(mixed, "bad")).hasMessageStartingWith("made inside");
        assertThat(TestRun.abortion(mixed, "aborted")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aFailureInAForkedContainerIsReportedAlike() {
        var failure = TestRun.failure(TestRun.of(Forked.class), "fails()");
        assertThat(failure).isInstanceOf(AssertionFailedError.class);
        assertThrownInTheLineItNames(failure, "fails");
    }

    @Test
    void aCrashOfTheForkedJvmIsAFailure() {
        assertThat(TestRun.failure(TestRun.of(Crashing.class), "crashes()"))
                .hasMessageStartingWith("the forked JVM is gone");
    }

    private static void assertThrownInTheLineItNames(Throwable failure, String method) {
        var line = Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getMethodName().equals(method) && "Fixtures.java".equals(frame.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .findFirst();
        assertThat(failure).hasMessageContaining("line " + line.orElseThrow());
    }
}
