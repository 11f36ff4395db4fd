package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The faults in a poller; {@link Fault} describes each. */
final class BrokenPollers {

    private BrokenPollers() {}

    /** P1. */
    static final class OneForAll extends RelayBackend {

        private @Nullable Poller only;

        OneForAll(Backend sound) {
            super(sound);
        }

        @Override
        public Poller open() throws IOException {
            if (only == null) {
                only = super.open();
            }
            return only;
        }
    }

    /** P2. */
    static final class Unblocking extends RelayPoller {

        Unblocking(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            source.channel().configureBlocking(false);
            return super.add(source, interest);
        }
    }

    /** P3. */
    static final class Replacing extends RelayPoller {

        private final Map<SelectableChannel, Registration> registrations = new HashMap<>();

        Replacing(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            Registration earlier = registrations.get(source.channel());
            if (earlier != null) {
                earlier.remove();
            }
            Registration registration = super.add(source, interest);
            registrations.put(source.channel(), registration);
            return registration;
        }
    }

    /** P4. */
    static final class AddingLate extends RelayPoller {

        private record Late(Registration registration, Interest interest) {}

        private List<Late> added = new ArrayList<>();
        private boolean polling;

        AddingLate(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            if (!polling) {
                return super.add(source, interest);
            }
            Registration registration = super.add(source, Interest.NONE);
            added.add(new Late(registration, interest));
            return registration;
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            List<Late> addedBefore = added;
            added = new ArrayList<>();
            polling = true;
            int told = super.poll(timeoutNanos);
            polling = false;
            for (Late late : addedBefore) {
                late.registration.interest(late.interest);
            }
            return told;
        }
    }

    /** P10. */
    static final class RoundingDown extends RelayPoller {

        RoundingDown(Poller sound) {
            super(sound);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            return super.poll(timeoutNanos < 0 ? -1 : timeoutNanos / 1_000_000 * 1_000_000);
        }
    }

    /** P11. */
    static final class Impatient extends RelayPoller {

        Impatient(Poller sound) {
            super(sound);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            return super.poll(Thread.interrupted() ? 0 : timeoutNanos);
        }
    }

    /** P13. */
    static final class Nesting extends RelayPoller {

        private boolean polling;

        Nesting(Poller sound) {
            super(sound);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            if (polling) {
                return 0;
            }
            polling = true;
            try {
                return super.poll(timeoutNanos);
            } finally {
                polling = false;
            }
        }
    }

    /** P14. */
    static final class ClosingChannels extends RelayPoller {

        private final List<Source> sources = new ArrayList<>();

        ClosingChannels(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            sources.add(source);
            return super.add(source, interest);
        }

        @Override
        public void close() throws IOException {
            super.close();
            for (Source source : sources) {
                source.channel().close();
            }
        }
    }

    /**
     * P17. The system uses the lowest free number, so the numbers of the slots match those of the descriptors.
     */
    static final class KeepingSlots extends RelayPoller {

        private final Poller sound;
        private final Map<Integer, Source> sources = new HashMap<>();
        private final Deque<Integer> free = new ArrayDeque<>();

        KeepingSlots(Poller sound) {
            super(sound);
            this.sound = sound;
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            int slot = free.isEmpty() ? sources.size() : free.pop();
            sources.putIfAbsent(slot, source);
            return new Relay(source) {
                @Override
                public void onReady(Interest ready) {
                    sources.getOrDefault(slot, source).onReady(ready);
                }

                @Override
                public void remove() throws IOException {
                    super.remove();
                    free.push(slot);
                }
            }.addTo(sound, interest);
        }
    }

    /** P18. */
    static final class FailingOnClosed extends RelayPoller {

        private final List<SelectableChannel> channels = new ArrayList<>();

        FailingOnClosed(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            channels.add(source.channel());
            return super.add(source, interest);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            for (SelectableChannel channel : channels) {
                if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                }
            }
            return super.poll(timeoutNanos);
        }
    }
}
