package org.pollux.samples.backend;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.spi.base.AbstractPoller;
import org.pollux.reactor.spi.base.AbstractRegistration;

/**
 * The registrations of one loop, and the array that is filled from them for every {@code poll(2)}. So there are no
 * indexes to keep up to date: added, changed, removed and closed registrations are in the next array or not.
 */
final class PollPoller extends AbstractPoller {

    private final PollArray array = new PollArray();
    private final Map<SelectableChannel, PollRegistration> registered = new HashMap<>();

    /** The registrations in the array, in its order. */
    private final List<PollRegistration> watched = new ArrayList<>();

    @Override
    protected AbstractRegistration register(Source source, Interest interest) {
        var registration = new PollRegistration(this, source, interest);
        if (registered.putIfAbsent(registration.channel(), registration) != null) {
            throw registeredAlready(registration.channel());
        }
        return registration;
    }

    /** Removes a registration from the table, unless another one has its channel by now. */
    void forget(PollRegistration registration) {
        registered.remove(registration.channel(), registration);
    }

    @Override
    protected void await(long timeoutNanos) throws IOException {
        fillArray();
        if (array.await((int) Math.min(Integer.MAX_VALUE, millisUp(timeoutNanos)))) {
            for (int i = 0; i < watched.size(); i++) {
                found(watched.get(i), array.ready(i));
            }
        }
    }

    /** Leaves out registrations without an interest. The system would report the end of their streams in every call. */
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

    @Override
    protected void release() throws IOException {
        for (PollRegistration registration : List.copyOf(registered.values())) {
            registration.remove();
        }
        array.close();
    }
}
