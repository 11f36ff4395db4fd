package org.pollux.it.paxexam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.it.paxexam.BrokenFixtures.BundlesThatDoNotStart;
import org.pollux.it.paxexam.BrokenFixtures.FailingBeforeAll;
import org.pollux.it.paxexam.BrokenFixtures.FlagForThisJvm;
import org.pollux.it.paxexam.BrokenFixtures.ForkedBundlesThatDoNotStart;
import org.pollux.it.paxexam.BrokenFixtures.ForkedWithoutAFile;
import org.pollux.it.paxexam.BrokenFixtures.NoConfiguration;
import org.pollux.it.paxexam.BrokenFixtures.NoSuchBundle;
import org.pollux.it.paxexam.BrokenFixtures.NotOptions;
import org.pollux.it.paxexam.BrokenFixtures.OneInstance;
import org.pollux.it.paxexam.BrokenFixtures.UnknownFlag;
import org.pollux.it.paxexam.Fixtures.Ordered;

/** What surrounds the tests of a class: the order of calls, and starts that fail. */
final class LifecycleIT {

    @Test
    void methodsAreCalledInTheUsualOrderAndInside() {
        var results = TestRun.of(Ordered.class);
        assertEquals(
                3,
                results.testEvents().succeeded().count(),
                results.testEvents().failed().list()::toString);
        assertEquals(
                "AbebeNbne true", TestRun.failure(results, "Fixtures$Ordered").getMessage());
    }

    static Stream<Arguments> classesWithoutAContainer() {
        return Stream.of(
                Arguments.of(BundlesThatDoNotStart.class, "no.such.thing"),
                Arguments.of(BundlesThatDoNotStart.class, "IllegalStateException: the activator does not want to"),
                Arguments.of(ForkedBundlesThatDoNotStart.class, "no.such.thing"),
                Arguments.of(ForkedWithoutAFile.class, "no-such-file.jar"),
                Arguments.of(NoSuchBundle.class, "no jar on the class path is named no-such-bundle"),
                Arguments.of(NoConfiguration.class, "needs one method annotated with"),
                Arguments.of(NotOptions.class, "must return Option"),
                Arguments.of(OneInstance.class, "asks for one instance per class"),
                Arguments.of(FlagForThisJvm.class, "cannot be given -Xmx64m"),
                Arguments.of(UnknownFlag.class, "Unrecognized VM option 'NoSuchFlag'"),
                Arguments.of(FailingBeforeAll.class, "takes a org.junit.jupiter.api.TestInfo"));
    }

    @ParameterizedTest
    @MethodSource("classesWithoutAContainer")
    void aStartThatFailsIsTheFailureOfTheClassWithItsCause(Class<?> fixture, String cause) {
        var results = TestRun.of(fixture);
        assertEquals(0, results.testEvents().started().count());
        assertThat(TestRun.failure(results, "BrokenFixtures$" + fixture.getSimpleName()))
                .hasStackTraceContaining(cause);
    }
}
