package org.pollux.reactor.nio;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * A selector. A turn first collects the registrations that are ready, and calls their sources when the selector has
 * returned: callbacks may then add, remove and close as they please, and an exception harms nobody.
 */
final class NioPoller implements Poller {

    /** So many returns of the selector in a row, too early and for nothing, are a selector gone mad. */
    static final int SPIN_LIMIT = 1_000;

    /** A selector tells the system of new keys when it selects. Of more than these it is made to do so meanwhile. */
    private static final int MOST_UNTOLD = 128;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final Consumer<SelectionKey> collector = this::collect;
    private NioRegistration[] collected = new NioRegistration[64];
    private int count;
    private int untold;

    /** A removed key stays with its channel until the selector looks at it; these come after such a one. */
    private final List<NioRegistration> waiting = new ArrayList<>();

    private boolean polling;

    NioPoller(Selector selector) {
        this.selector = selector;
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        requireOpen();
        SelectableChannel channel = source.channel();
        requireWatchable(channel);
        var registration = new NioRegistration(source, interest);
        SelectionKey earlier = channel.keyFor(selector);
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
                    registration.source().channel()
                            + " is not a channel of the JDK's default provider; only such a one can be watched",
                    e);
        }
        untold++;
        if (untold > MOST_UNTOLD) { // so that it is not one poll that does it for the ten thousand of a swap
            tellTheSystem();
        }
    }

    private static void requireRemoved(SelectionKey earlier) {
        var registration = (NioRegistration) earlier.attachment();
        if (!registration.isRemoved()) {
            throw new IllegalStateException(registration.source().channel()
                    + " is registered with this poller; remove that registration first");
        }
    }

    /** The selector tells the system of its new keys, and drops those that were removed: who waits for that gets its own. */
    private void tellTheSystem() throws IOException {
        selector.selectNow(NioPoller::leaveForTheNextPoll);
        untold = 0;
        for (NioRegistration registration : waiting) {
            if (!registration.isRemoved()) {
                registerUnlessClosed(registration);
            }
        }
        waiting.clear();
    }

    private void registerUnlessClosed(NioRegistration registration) {
        try {
            registration.register(selector);
        } catch (ClosedChannelException | IllegalBlockingModeException endedMeanwhile) {
            // as when that happens to a channel which has its key
        }
    }

    private static void requireWatchable(SelectableChannel channel) throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    channel + " is blocking; call configureBlocking(false) before adding it");
        }
    }

    private static void leaveForTheNextPoll(SelectionKey ready) {}

    @Override
    public int poll(long timeoutNanos) throws IOException {
        requireOpen();
        if (polling) {
            throw new IllegalStateException("poll was called inside onReady; let the callback return instead");
        }
        polling = true;
        try {
            return pollUntilTold(timeoutNanos);
        } finally {
            polling = false;
        }
    }

    /** An early return with nothing, after an interrupt for instance, is not the end: the rest is waited for. */
    private int pollUntilTold(long timeoutNanos) throws IOException {
        long start = timeoutNanos > 0 ? System.nanoTime() : 0;
        long left = timeoutNanos;
        int inVain = 0;
        while (true) {
            Thread.interrupted();
            if (!waiting.isEmpty()) {
                tellTheSystem();
            }
            select(left);
            boolean interrupted = Thread.interrupted();
            int told = dispatch();
            if (told > 0 || timeoutNanos == 0) {
                return told;
            }
            if (timeoutNanos > 0) {
                left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return 0;
                }
            }
            inVain = interrupted ? 0 : inVain + 1;
            if (inVain == SPIN_LIMIT) {
                throw new IOException(selector + " returned " + inVain
                        + " times in a row before its time and with nothing" + " ready; open another poller");
            }
        }
    }

    private void select(long nanos) throws IOException {
        untold = 0;
        if (nanos == 0) {
            selector.selectNow(collector);
        } else if (nanos < 0) {
            selector.select(collector);
        } else {
            selector.select(collector, millisUp(nanos));
        }
    }

    private static long millisUp(long nanos) {
        return (nanos - 1) / NANOS_PER_MILLI + 1;
    }

    private void collect(SelectionKey key) {
        var registration = (NioRegistration) key.attachment();
        if (registration.found()) {
            if (count == collected.length) {
                collected = Arrays.copyOf(collected, 2 * count);
            }
            collected[count++] = registration;
        }
    }

    /** After an exception the rest is dropped: the next poll finds it again, for readiness is level-triggered. */
    private int dispatch() {
        int told = 0;
        int looked = 0;
        try {
            while (looked < count) {
                NioRegistration registration = collected[looked++];
                Interest ready = registration.takeReady();
                if (ready != Interest.NONE) {
                    told++;
                    registration.source().onReady(ready);
                }
            }
        } finally {
            forgetCollected(looked);
        }
        return told;
    }

    private void forgetCollected(int looked) {
        for (int i = looked; i < count; i++) {
            collected[i].forgetReady();
        }
        Arrays.fill(collected, 0, count, null);
        count = 0;
    }

    private void requireOpen() {
        if (!selector.isOpen()) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    @Override
    public void close() throws IOException {
        if (!selector.isOpen()) {
            return;
        }
        for (SelectionKey key : selector.keys()) {
            ((NioRegistration) key.attachment()).pollerClosed();
        }
        waiting.forEach(NioRegistration::pollerClosed);
        selector.close();
    }
}
