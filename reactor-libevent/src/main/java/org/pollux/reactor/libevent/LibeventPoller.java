package org.pollux.reactor.libevent;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * An {@code event_base}, turned by {@code event_base_loop(EVLOOP_ONCE)}.
 *
 * <p>Registrations are found by the number of their descriptor, as they are in libevent ({@code evmap.c}). So a channel
 * that was closed too early must go before another one is added with its number: libevent would count the new event to
 * the old ones, and never tell the kernel of it.
 */
final class LibeventPoller implements Poller {

    /** So many turns in a row, ended too early and for nothing, are a base gone mad. */
    private static final int SPIN_LIMIT = 1_000;

    /** Nobody waits longer, and added to a time it does not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final EventBase base;

    /** By descriptor. */
    private @Nullable LibeventRegistration[] registered = new LibeventRegistration[64];

    /** What a turn has found; as long as the table, so that there is always room. */
    private LibeventRegistration[] ready = new LibeventRegistration[64];

    private int count;
    private boolean rang;
    private @Nullable Throwable fault;
    private @Nullable Thread polling;
    private boolean closed;

    LibeventPoller(Platform platform, AlarmKind alarm) throws IOException {
        base = EventBase.open(platform, alarm, this::collect);
    }

    EventBase base() {
        return base;
    }

    String method() {
        return base.method();
    }

    @Override
    public Registration add(Source source, Interest interest) throws IOException {
        requireOpen();
        SelectableChannel channel = source.channel();
        requireWatchable(channel);
        var registration = new LibeventRegistration(this, source);
        int descriptor = registration.descriptor;
        makeRoom(descriptor);
        LibeventRegistration earlier = registered[descriptor];
        if (earlier != null) {
            if (earlier.channel.equals(channel)) {
                throw new IllegalStateException(
                        channel + " is registered with this poller; remove that registration first");
            }
            earlier.release(); // of a channel that was closed too early
        }
        registration.watchFor(interest);
        registered[descriptor] = registration;
        return registration;
    }

    private static void requireWatchable(SelectableChannel channel) throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (!JdkChannels.hasDescriptor(channel)) {
            throw new IllegalArgumentException(
                    channel + " is not a channel of the JDK's default provider; only such a one can be watched");
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    channel + " is blocking; call configureBlocking(false) before adding it");
        }
    }

    private void makeRoom(int descriptor) {
        if (descriptor >= registered.length) {
            int length = Math.max(descriptor + 1, 2 * registered.length);
            registered = Arrays.copyOf(registered, length);
            ready = Arrays.copyOf(ready, length);
        }
    }

    /** A registration that is over leaves the table, unless another one has its place by now. */
    void forget(LibeventRegistration registration) {
        if (registered[registration.descriptor] == registration) {
            registered[registration.descriptor] = null;
        }
    }

    @Override
    public int poll(long timeoutNanos) throws IOException {
        requireOpen();
        if (polling != null) {
            throw new IllegalStateException("poll was called inside onReady; let the callback return instead");
        }
        polling = Thread.currentThread();
        try {
            if (timeoutNanos == 0) {
                base.turn();
                return dispatch();
            }
            return pollUntilTold(timeoutNanos < 0, System.nanoTime() + Math.min(timeoutNanos, LONGEST));
        } finally {
            polling = null;
        }
    }

    /** A turn may end for nothing, by the alarm of an earlier poll or a channel that was closed too early: then on. */
    private int pollUntilTold(boolean endless, long deadline) throws IOException {
        for (int inVain = 0; inVain < SPIN_LIMIT; inVain++) {
            if (!endless) {
                base.alarm().ringBy(deadline);
            }
            base.turnWaiting();
            int told = dispatch();
            if (told > 0 || (!endless && System.nanoTime() - deadline >= 0)) {
                return told;
            }
        }
        throw new IOException("libevent returned " + SPIN_LIMIT
                + " times in a row before its time and with nothing ready; open another poller");
    }

    /**
     * Called by libevent for each event, inside the loop call. What was thrown here would end the JVM, so a fault is kept
     * for later.
     */
    private void collect(int descriptor, short what, long argument) {
        try {
            if (descriptor == base.alarm().descriptor()) {
                rang = true;
                return;
            }
            LibeventRegistration registration = registered[descriptor];
            if (registration != null && registration.found(what)) {
                ready[count++] = registration;
            }
        } catch (Throwable e) {
            fault = e;
        }
    }

    /** After an exception the rest is dropped: the next poll finds it again, for readiness is level-triggered. */
    private int dispatch() throws IOException {
        Thread.interrupted();
        if (rang) {
            rang = false;
            base.alarm().rang();
        }
        int told = 0;
        int looked = 0;
        try {
            if (fault != null) {
                throw new IOException("a callback from libevent failed", fault);
            }
            while (looked < count) {
                LibeventRegistration registration = ready[looked++];
                Interest what = registration.takeReady();
                if (what != Interest.NONE) {
                    told++;
                    registration.source().onReady(what);
                }
            }
        } finally {
            forgetReady(looked);
        }
        return told;
    }

    private void forgetReady(int looked) {
        for (int i = looked; i < count; i++) {
            ready[i].forgetReady();
        }
        Arrays.fill(ready, 0, count, null);
        count = 0;
        fault = null;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        Thread waiting = polling;
        if (waiting != null && waiting != Thread.currentThread()) {
            throw new IllegalStateException("the poller is in use by " + waiting + "; close it when poll has returned");
        }
        closed = true;
        for (LibeventRegistration registration : registered) {
            if (registration != null) {
                registration.remove();
            }
        }
        base.close();
    }
}
