package org.pollux.reactor.testkit;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pollux.reactor.spi.Backend;

/**
 * The backend of tests that keep their promises on every backend. It is the one that a test names, unless the run wraps it to
 * inject faults.
 */
public final class TestedBackend {

    private static volatile Optional<UnaryOperator<Backend>> wrapper = Optional.empty();

    private TestedBackend() {}

    /** The backend to test with, instead of the given one. */
    public static Backend of(Backend backend) {
        return wrapper.map(wrap -> wrap.apply(backend)).orElse(backend);
    }

    /** Whether this run wraps backends. */
    public static boolean isWrapped() {
        return wrapper.isPresent();
    }

    /** Runs tests whose backends are wrapped. No other tests run meanwhile. */
    public static void wrapped(UnaryOperator<Backend> by, Runnable tests) {
        wrapper = Optional.of(by);
        try {
            tests.run();
        } finally {
            wrapper = Optional.empty();
        }
    }
}
