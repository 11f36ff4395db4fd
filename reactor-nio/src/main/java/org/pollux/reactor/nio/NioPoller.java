package org.pollux.reactor.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/** A selector; its keys hold the registrations. */
final class NioPoller extends AbstractPoller {

    /**
     * A selector registers new keys with the system when it selects. When more than this many are waiting, the poller makes
     * it select earlier.
     */
    private static final int MOST_UNTOLD = 128;

    private final Selector selector;
    private final Consumer<SelectionKey> collector = this::collect;
    private int untold;

    /** Registrations that wait for a removed key, which stays with its channel until the selector looks at it. */
    private final List<NioRegistration> waiting = new ArrayList<>();

    NioPoller(Selector selector) {
        this.selector = selector;
    }

    @Override
    protected AbstractRegistration register(Source source, Interest interest) throws IOException {
        var registration = new NioRegistration(source, interest);
        SelectionKey earlier = registration.channel().keyFor(selector);
        if (earlier == null) {
            register(registration);
        } else {
            requireRemoved(earlier);
            earlier.attach(registration);
            waiting.add(registration);
        }
        return registration;
    }

    private void register(NioRegistration registration) throws IOException {
        try {
            registration.register(selector);
        } catch (IllegalSelectorException e) {
            throw new IllegalArgumentException(
                    registration.channel()
                            + " is not a channel of the JDK's default provider; only such a one can be watched",
                    e);
        }
        untold++;
        if (untold > MOST_UNTOLD) { // so that a single poll need not do it for the ten thousand sources of a swap
            tellTheSystem();
        }
    }

    private static void requireRemoved(SelectionKey earlier) {
        var registration = (NioRegistration) earlier.attachment();
        if (!registration.isOver()) {
            throw registeredAlready(registration.channel());
        }
    }

    /**
     * The selector registers its new keys with the system, and drops removed keys. Registrations that waited for that get
     * their keys.
     */
    private void tellTheSystem() throws IOException {
        selector.selectNow(NioPoller::leaveForTheNextPoll);
        untold = 0;
        for (NioRegistration registration : waiting) {
            if (!registration.isOver()) {
                registerUnlessClosed(registration);
            }
        }
        waiting.clear();
    }

    private void registerUnlessClosed(NioRegistration registration) {
        try {
            registration.register(selector);
        } catch (ClosedChannelException | IllegalBlockingModeException endedMeanwhile) {
            // as for a closed channel that has its key
        }
    }

    private static void leaveForTheNextPoll(SelectionKey ready) {}

    @Override
    protected void await(long timeoutNanos) throws IOException {
        if (!waiting.isEmpty()) {
            tellTheSystem();
        }
        untold = 0;
        if (timeoutNanos == 0) {
            selector.selectNow(collector);
        } else if (timeoutNanos < 0) {
            selector.select(collector);
        } else {
            selector.select(collector, millisUp(timeoutNanos));
        }
    }

    private void collect(SelectionKey key) {
        var registration = (NioRegistration) key.attachment();
        found(registration, registration.ready());
    }

    @Override
    protected void release() throws IOException {
        var keys = List.copyOf(selector.keys());
        selector.close(); // which ends all keys at once
        for (SelectionKey key : keys) {
            ((NioRegistration) key.attachment()).remove();
        }
        for (NioRegistration registration : waiting) {
            registration.remove();
        }
    }
}
