package org.pollux.reactor.runtime.loop;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
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
public final class NoBackend implements Backend {

    public static final NoBackend INSTANCE = new NoBackend();

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

        private final Set<SelectableChannel> channels = Collections.newSetFromMap(new IdentityHashMap<>());

        /** Refuses what any poller refuses: the next one would, and the loop would not get out of its parking. */
        @Override
        public Registration add(Source source, Interest interest) throws ClosedChannelException {
            SelectableChannel channel = source.channel();
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            if (channel.isBlocking()) {
                throw new IllegalArgumentException(channel + " is blocking; call configureBlocking(false) before");
            }
            if (!channels.add(channel)) {
                throw new IllegalStateException(channel + " is watched already");
            }
            return new Kept(source);
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

        private final class Kept implements Registration {

            private final Source source;

            Kept(Source source) {
                this.source = source;
            }

            @Override
            public Source source() {
                return source;
            }

            @Override
            public void interest(Interest interest) {}

            @Override
            public void remove() {
                channels.remove(source.channel());
            }
        }
    }
}
