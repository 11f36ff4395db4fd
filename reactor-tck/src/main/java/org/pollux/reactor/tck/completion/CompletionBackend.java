package org.pollux.reactor.tck.completion;

import java.io.IOException;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/** Opens pollers that receive ahead and send later, each on top of a poller of another backend. From any thread. */
public final class CompletionBackend implements Backend {

    private final Backend readiness;

    /** Uses that backend to learn when an operation can complete. */
    public CompletionBackend(Backend readiness) {
        this.readiness = readiness;
    }

    @Override
    public String name() {
        return "completion-" + readiness.name();
    }

    @Override
    public String description() {
        return "completes operations on top of " + readiness.description();
    }

    @Override
    public Poller open() throws IOException {
        return new CompletionPoller(readiness.open());
    }
}
