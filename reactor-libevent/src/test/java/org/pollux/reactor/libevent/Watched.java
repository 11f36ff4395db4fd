package org.pollux.reactor.libevent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A source that writes down what it is told, and then does something. */
final class Watched implements Source {

    interface Action {
        void run() throws IOException;
    }

    final List<Interest> told = new ArrayList<>();
    private final SelectableChannel channel;
    private final Registration registration;
    private Action reaction = () -> {};

    public Watched(Poller poller, SelectableChannel channel, Interest interest) throws IOException {
        this.channel = channel;
        this.registration = poller.add(this, interest);
    }

    public Registration registration() {
        return registration;
    }

    void whenTold(Action action) {
        reaction = action;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public void onReady(Interest ready) {
        told.add(ready);
        try {
            reaction.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
