package org.pollux.it.paxexam;

import java.io.Serializable;
import org.opentest4j.TestAbortedException;

/** How one test went inside. */
sealed interface Outcome extends Serializable {

    /** The name that reports show. */
    String name();

    /** Makes it go the same way here: returns, or throws what JUnit takes as skipped or failed. */
    void replay() throws Throwable;

    /** It ran and nothing was thrown. */
    record Passed(String name) implements Outcome {
        @Override
        public void replay() {}
    }

    /** A condition or an assumption kept it from running. */
    record Skipped(String name, String reason) implements Outcome {
        @Override
        public void replay() {
            throw new TestAbortedException(reason);
        }
    }

    /** Something was thrown, by it or around it. */
    record Failed(String name, Failure failure) implements Outcome {
        @Override
        public void replay() throws Throwable {
            throw failure.toThrowable();
        }
    }
}
