package org.pollux.reactor.uring;

import org.junit.jupiter.api.Assumptions;

/** The backend, for tests that a system without io_uring skips. */
final class Available {

    private Available() {}

    /** Skips the calling test, and says loudly why, where the system refuses io_uring. */
    static UringBackend backend() {
        try {
            return new UringBackend();
        } catch (UringUnavailableException e) {
            String skipped = "A test is skipped, because io_uring is unavailable here: " + e.getMessage();
            System.err.println("WARNING: " + skipped);
            return Assumptions.abort(skipped);
        }
    }
}
