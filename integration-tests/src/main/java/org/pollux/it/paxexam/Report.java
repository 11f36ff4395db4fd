package org.pollux.it.paxexam;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.pollux.it.paxexam.Outcome.Failed;
import org.pollux.it.paxexam.Outcome.Passed;

/** The outcomes of a task; no outcomes at all mean that it went well. */
record Report(List<Outcome> outcomes) implements Serializable {

    /** The task itself failed. */
    static Report of(Throwable failure) {
        return new Report(List.of(new Failed("container", Failure.of(failure))));
    }

    /** As one test: a failure counts most, then what was skipped. */
    void replay() throws Throwable {
        for (var outcome : (Iterable<Outcome>) worstFirst()::iterator) {
            outcome.replay();
        }
    }

    private Stream<Outcome> worstFirst() {
        return Stream.concat(
                outcomes.stream().filter(Failed.class::isInstance),
                outcomes.stream().filter(outcome -> !(outcome instanceof Failed || outcome instanceof Passed)));
    }

    /** As the tests that a factory made. */
    List<DynamicTest> asDynamicTests() {
        return outcomes.stream()
                .map(outcome -> DynamicTest.dynamicTest(outcome.name(), outcome::replay))
                .toList();
    }
}
