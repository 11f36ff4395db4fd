package org.pollux.it.paxexam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RunTestTest {

    private static final String INSIDE = "[engine:junit-jupiter]/[class:a.B]/[method:c()]";

    @Test
    void aTestHasTheSameNameInside() {
        assertEquals(INSIDE, RunTest.of(INSIDE).uniqueId());
    }

    @Test
    void aSuiteAroundItStaysOutside() {
        assertEquals(
                INSIDE,
                RunTest.of("[engine:junit-platform-suite]/[suite:a.S]/" + INSIDE)
                        .uniqueId());
    }
}
