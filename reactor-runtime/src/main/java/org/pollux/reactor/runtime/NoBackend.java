package org.pollux.reactor.runtime;

import java.util.concurrent.locks.LockSupport;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * Stands in while there is no backend: the loop parks, runs its timers and tasks, and sees nothing of its channels. They
 * stay open, and the kernel holds what comes.
 */
final class NoBackend implements Backend {

    static final NoBackend INSTANCE = new NoBackend();

    private NoBackend() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String description() {
        return "no backend is there: connections are held by the kernel";
    }

    @Override
    public Poller open() {
        return new Parked();
    }

    private static final class Parked implements Poller {

        @Override
        public Registration add(Source source, Interest interest) {
            return new Place(source);
        }

        @Override
        public int poll(long timeoutNanos) {
            if (timeoutNanos < 0) {
                LockSupport.park(this);
            } else if (timeoutNanos > 0) {
                LockSupport.parkNanos(this, timeoutNanos);
            }
            Thread.interrupted(); // an interrupted thread would not park again
            return 0;
        }

        @Override
        public void close() {}
    }

    private record Place(Source source) implements Registration {

        @Override
        public void interest(Interest interest) {}

        @Override
        public void remove() {}
    }
}
