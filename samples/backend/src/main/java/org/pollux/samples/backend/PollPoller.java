package org.pollux.samples.backend;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * The registrations of one loop, and the array that is made of them anew for every {@code poll(2)}. So there is no place
 * in the array to keep in step: who was added, changed, removed or closed meanwhile is simply in it or not.
 */
final class PollPoller implements Poller {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Descriptors descriptors;
    private final PollArray array = new PollArray();
    private final Map<SelectableChannel, PollRegistration> registered = new HashMap<>();

    /** Whose entries are in the array, in its order; empty between two polls. */
    private final List<PollRegistration> watched = new ArrayList<>();

    private boolean polling;
    private boolean closed;

    PollPoller(Descriptors descriptors) {
        this.descriptors = descriptors;
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        requireOpen();
        SelectableChannel channel = source.channel();
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    channel + " is blocking; call configureBlocking(false) before adding it");
        }
        if (registered.containsKey(channel)) {
            throw new IllegalStateException(
                    channel + " is registered with this poller; remove that registration first");
        }
        var registration = new PollRegistration(this, source, descriptors.of(channel), interest);
        registered.put(channel, registration);
        return registration;
    }

    /** It leaves the table, unless another has its channel's place by now. */
    void forget(PollRegistration registration) {
        registered.remove(registration.source().channel(), registration);
    }

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
            watched.clear();
        }
    }

    /** A turn may end for nothing, by a signal or a channel that was closed too early: then on with what is left. */
    private int pollUntilTold(long timeoutNanos) throws IOException {
        boolean endless = timeoutNanos < 0;
        long start = System.nanoTime();
        long left = timeoutNanos;
        int told;
        do {
            told = turn(endless ? -1 : millisUp(left));
            left = timeoutNanos - (System.nanoTime() - start);
        } while (told == 0 && (endless || left > 0));
        return told;
    }

    private static int millisUp(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(nanos, NANOS_PER_MILLI));
    }

    private int turn(int timeoutMillis) throws IOException {
        fillArray();
        boolean ready = array.await(timeoutMillis);
        Thread.interrupted(); // P11; a channel used by an interrupted thread would close itself
        return ready ? tell() : 0;
    }

    /** Without those that want nothing: the system would tell of their end unasked, in every call. */
    private void fillArray() {
        array.clear();
        watched.clear();
        for (PollRegistration registration : registered.values()) {
            Interest interest = registration.interest();
            if (interest != Interest.NONE) {
                array.add(registration.descriptor, interest);
                watched.add(registration);
            }
        }
    }

    /** After an exception the next poll finds the rest again, for readiness is level-triggered. */
    private int tell() {
        int told = 0;
        for (int i = 0; i < watched.size(); i++) {
            PollRegistration registration = watched.get(i);
            Interest ready = array.ready(i).and(registration.interest()); // which a callback may just have changed
            if (ready != Interest.NONE) {
                told++;
                registration.source().onReady(ready);
            }
        }
        return told;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(registered.values()).forEach(PollRegistration::remove);
            array.close();
        }
    }
}
