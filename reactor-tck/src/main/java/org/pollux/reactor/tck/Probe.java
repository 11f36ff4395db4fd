package org.pollux.reactor.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A source that records its callbacks, and then runs the test's action. */
final class Probe implements Source {

    /** The action of a test inside a callback, or on another thread. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private final SelectableChannel channel;
    private final boolean stream;
    private final List<Interest> reports = new ArrayList<>();
    private Action reaction = () -> {};
    private @Nullable Registration registration;

    Probe(SelectableChannel channel) {
        this(channel, false);
    }

    Probe(SelectableChannel channel, boolean stream) {
        this.channel = channel;
        this.stream = stream;
    }

    Probe addTo(Poller poller, Interest interest) throws IOException {
        registration = poller.add(this, interest);
        return this;
    }

    /** Every callback from now on runs this. */
    void whenTold(Action action) {
        reaction = action;
    }

    /** The next callback runs this, and later callbacks run nothing. */
    void onceTold(Action action) {
        reaction = () -> {
            reaction = () -> {};
            action.run();
        };
    }

    Registration registration() {
        return Objects.requireNonNull(registration, "not added");
    }

    /** The callbacks since it was made or last cleared, in order. */
    List<Interest> reports() {
        return reports;
    }

    int calls() {
        return reports.size();
    }

    void forget() {
        reports.clear();
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public boolean isStream() {
        return stream;
    }

    @Override
    public void onReady(Interest ready) {
        reports.add(ready);
        try {
            reaction.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "Probe of " + channel + " told " + reports;
    }
}
