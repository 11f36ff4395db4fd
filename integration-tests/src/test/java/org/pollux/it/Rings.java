package org.pollux.it;

import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.completion.CompletionBackend;
import org.pollux.reactor.uring.UringBackend;
import org.pollux.reactor.uring.UringUnavailableException;

/** The backend that completes operations, for tests that run on every backend. */
public final class Rings {

    private Rings() {}

    /** io_uring, or where the system refuses it one that receives ahead and sends later all the same. Says loudly which is missing. */
    public static Backend ring() {
        try {
            return new UringBackend();
        } catch (UringUnavailableException e) {
            System.err.println(
                    "WARNING: tests of io_uring run on another backend, because it is unavailable: " + e.getMessage());
            return new CompletionBackend(new NioBackend());
        }
    }
}
