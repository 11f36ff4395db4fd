package org.pollux.reactor.libevent;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * An {@code event_base}, turned by {@code event_base_loop(EVLOOP_ONCE)}.
 *
 * <p>Registrations are found by their descriptor's number, as in libevent ({@code evmap.c}). So the registration of a
 * channel that was closed too early must be removed before another channel with the same number is added. Otherwise libevent
 * would add the new event to the old ones, and never register it with the kernel.
 */
final class LibeventPoller extends AbstractPoller {

    private final EventBase base;

    /** The registrations, by descriptor. */
    private @Nullable LibeventRegistration[] registered = new LibeventRegistration[64];

    private boolean rang;
    private @Nullable Throwable fault;

    LibeventPoller(AlarmKind alarm) throws IOException {
        base = EventBase.open(alarm, this::collect);
    }

    EventBase base() {
        return base;
    }

    String method() {
        return base.method();
    }

    @Override
    protected AbstractRegistration register(Source source, Interest interest) throws IOException {
        var registration = new LibeventRegistration(this, source, interest);
        int descriptor = registration.descriptor;
        makeRoom(descriptor);
        LibeventRegistration earlier = registered[descriptor];
        if (earlier != null) {
            if (!earlier.isOver()) {
                throw registeredAlready(registration.channel());
            }
            earlier.release(); // the registration of a channel that was closed too early
        }
        registration.change(interest);
        registered[descriptor] = registration;
        return registration;
    }

    private void makeRoom(int descriptor) {
        if (descriptor >= registered.length) {
            registered = Arrays.copyOf(registered, Math.max(descriptor + 1, 2 * registered.length));
        }
    }

    /** Removes an ended registration from the table, unless another one already has its place. */
    void forget(LibeventRegistration registration) {
        if (registered[registration.descriptor] == registration) {
            registered[registration.descriptor] = null;
        }
    }

    @Override
    protected void await(long timeoutNanos) throws IOException {
        if (timeoutNanos == 0) {
            base.turn();
        } else {
            if (timeoutNanos > 0) {
                base.alarm().ringBy(System.nanoTime() + timeoutNanos);
            }
            base.turnWaiting();
        }
        if (rang) {
            rang = false;
            base.alarm().rang();
        }
        if (fault != null) {
            var failed = new IOException("a callback from libevent failed", fault);
            fault = null;
            throw failed;
        }
    }

    /**
     * Called by libevent for each event, inside the loop call. An exception here would end the JVM, so a fault is kept for
     * later.
     */
    private void collect(int descriptor, short what, long argument) {
        try {
            if (descriptor == base.alarm().descriptor()) {
                rang = true;
                return;
            }
            LibeventRegistration registration = registered[descriptor];
            if (registration != null) {
                found(registration, Interest.of((what & Flags.EV_READ) != 0, (what & Flags.EV_WRITE) != 0));
            }
        } catch (Throwable e) {
            fault = e;
        }
    }

    @Override
    protected void release() throws IOException {
        for (LibeventRegistration registration : registered) {
            if (registration != null) {
                registration.remove();
            }
        }
        base.close();
    }
}
