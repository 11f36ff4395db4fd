package org.pollux.reactor.tck.completion;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractRegistration;

/** A source that is not a stream: the poller below reports when it is ready, and its channel moves its bytes. */
final class ReadinessRegistration extends AbstractRegistration implements Source {

    private final CompletionPoller poller;
    private @Nullable Registration below;

    ReadinessRegistration(CompletionPoller poller, Source source, Interest interest) {
        super(source, interest);
        this.poller = poller;
    }

    void addTo(Poller readiness) throws IOException {
        below = readiness.add(this, interest());
    }

    @Override
    public void onReady(Interest ready) {
        poller.completed(this, ready);
    }

    @Override
    protected void change(Interest wanted) throws IOException {
        if (below != null) {
            below.interest(wanted);
        }
    }

    @Override
    protected void release() throws IOException {
        poller.forget(this);
        if (below != null) {
            below.remove();
        }
    }
}
