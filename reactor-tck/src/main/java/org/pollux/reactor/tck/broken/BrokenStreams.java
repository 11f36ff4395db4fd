package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The faults of pollers that receive ahead, send later or hand over; {@link Fault} describes each. */
final class BrokenStreams {

    private BrokenStreams() {}

    /** P23. */
    static final class Jealous extends RelayPoller {

        private static final Set<SelectableChannel> TAKEN =
                Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        Jealous(Poller sound) {
            super(sound);
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            if (source.isStream() && !TAKEN.add(source.channel())) {
                throw new IllegalStateException("another poller has this stream");
            }
            return super.add(source, interest);
        }
    }

    /** P24. */
    static final class Hasty extends RelayPoller {

        private final Poller sound;

        Hasty(Poller sound) {
            super(sound);
            this.sound = sound;
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            var registration = new BrokenRegistrations.ReadingAhead(source);
            registration.addTo(sound, interest);
            if (source.isStream()) {
                registration.readAhead();
            }
            return registration;
        }
    }

    /** P26. */
    static final class KeepingBuffers extends RelayPoller {

        private final Poller sound;
        private final List<Runnable> unsent = new ArrayList<>();

        KeepingBuffers(Poller sound) {
            super(sound);
            this.sound = sound;
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            return new Relay(source) {
                @Override
                public long write(ByteBuffer[] data, int from, int count) throws IOException {
                    if (!isStream()) {
                        return super.write(data, from, count);
                    }
                    long taken = 0;
                    for (int i = from; i < from + count; i++) {
                        ByteBuffer kept = data[i].duplicate();
                        taken += kept.remaining();
                        data[i].position(data[i].limit());
                        unsent.add(() -> sendNow(kept));
                    }
                    return taken;
                }

                private void sendNow(ByteBuffer kept) {
                    try {
                        super.write(new ByteBuffer[] {kept}, 0, 1);
                    } catch (IOException lost) {
                        // the poller also has other faults
                    }
                }
            }.addTo(sound, interest);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            unsent.forEach(Runnable::run);
            unsent.clear();
            return super.poll(timeoutNanos);
        }
    }

    /** P28. */
    static final class KeepingAll extends RelayPoller {

        KeepingAll(Poller sound) {
            super(sound);
        }

        @Override
        public void handOver(Handover to) {}
    }

    /** In a swap. */
    static final class KeepingUnsent extends RelayPoller {

        KeepingUnsent(Poller sound) {
            super(sound);
        }

        @Override
        public void handOver(Handover to) throws IOException {
            super.handOver(new RelayHandover(to) {
                @Override
                public void unsent(Source source, ByteBuffer bytes) {}
            });
        }
    }

    /** P29. */
    static final class Silent extends RelayPoller {

        Silent(Poller sound) {
            super(sound);
        }

        @Override
        public void handOver(Handover to) throws IOException {
            super.handOver(new RelayHandover(to) {
                @Override
                public void failed(Source source, IOException cause) {}
            });
        }
    }
}
