package org.pollux.it;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A backend that never gets as far as to poll. */
final class FaultyBackend implements Backend {

    static final String REASON = "the pump is broken";

    private final boolean opens;
    private final AtomicInteger room;

    private FaultyBackend(boolean opens, int room) {
        this.opens = opens;
        this.room = new AtomicInteger(room);
    }

    static FaultyBackend openingNone() {
        return new FaultyBackend(false, 0);
    }

    /** Takes so many sources, over all its pollers. */
    static FaultyBackend takingOnly(int sources) {
        return new FaultyBackend(true, sources);
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public String description() {
        return "for tests";
    }

    @Override
    public Poller open() throws IOException {
        if (!opens) {
            throw new IOException(REASON);
        }
        return new Poller() {
            @Override
            public Registration add(Source source, Interest interest) throws IOException {
                if (room.getAndDecrement() <= 0) {
                    throw new IOException(REASON);
                }
                return new Place(source);
            }

            @Override
            public int poll(long timeoutNanos) {
                throw new AssertionError("nothing was moved here");
            }

            @Override
            public void close() {}
        };
    }

    private record Place(Source source) implements Registration {

        @Override
        public void interest(Interest interest) {}

        @Override
        public void remove() {}
    }
}
