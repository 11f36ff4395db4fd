package org.pollux.reactor.tck.completion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * Sends the written bytes, waits for the poller below, lets streams receive, and then reports completed operations. All
 * other sources belong to the poller below.
 */
final class CompletionPoller extends AbstractPoller {

    private final Poller readiness;
    private final Set<AbstractRegistration> registered = new LinkedHashSet<>();
    private final List<CompletionStream> streams = new ArrayList<>();

    CompletionPoller(Poller readiness) {
        this.readiness = readiness;
    }

    @Override
    protected AbstractRegistration register(Source source, Interest interest) throws IOException {
        if (source.isStream()) {
            var stream = new CompletionStream(this, source, interest);
            stream.addTo(readiness);
            registered.add(stream);
            streams.add(stream);
            return stream;
        }
        var other = new ReadinessRegistration(this, source, interest);
        other.addTo(readiness);
        registered.add(other);
        return other;
    }

    void forget(AbstractRegistration registration) {
        registered.remove(registration);
        streams.remove(registration);
    }

    /** The poller below reports a source that is not a stream, or not connected yet. */
    void completed(AbstractRegistration registration, Interest ready) {
        found(registration, ready);
    }

    @Override
    protected void await(long timeoutNanos) throws IOException {
        boolean due = false;
        for (CompletionStream stream : List.copyOf(streams)) {
            if (stream.isOver()) {
                stream.release(); // its channel was closed too early
            } else {
                stream.submit();
                due |= stream.due() != Interest.NONE;
            }
        }
        readiness.poll(due ? 0 : timeoutNanos);
        for (CompletionStream stream : streams) {
            found(stream, stream.due());
        }
    }

    @Override
    protected void handOverStreams(Handover to) throws IOException {
        for (CompletionStream stream : streams) {
            if (!stream.isOver()) {
                stream.handOver(to);
            }
        }
    }

    @Override
    protected void release() throws IOException {
        for (AbstractRegistration registration : List.copyOf(registered)) {
            registration.remove();
        }
        readiness.close();
    }
}
