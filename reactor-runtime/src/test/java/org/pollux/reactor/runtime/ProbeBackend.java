package org.pollux.reactor.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The NIO backend with a seam where a test counts what passes, and breaks it. */
final class ProbeBackend implements Backend {

    /** What happens instead of, or before, the real thing. */
    interface Break {
        void happen() throws IOException;
    }

    int opens;
    int closes;
    int writes;

    /** To the poller that was opened last. */
    int adds;

    private final Backend nio = new NioBackend();

    @Nullable
    Break onOpen;

    @Nullable
    Break onAdd;

    @Nullable
    Break onPoll;

    @Nullable
    Break onInterest;

    @Nullable
    Break onRemove;

    @Nullable
    Break onRead;

    @Nullable
    Break onClose;

    /** Polls return at once and for nothing. */
    boolean spinning;

    /** Writes take nothing, as if the system had no room. */
    boolean refusing;

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public String description() {
        return nio.description();
    }

    @Override
    public Poller open() throws IOException {
        opens++;
        adds = 0;
        happen(onOpen);
        return new ProbePoller(nio.open());
    }

    private static void happen(@Nullable Break fault) throws IOException {
        if (fault != null) {
            fault.happen();
        }
    }

    private final class ProbePoller implements Poller {

        private final Poller poller;

        ProbePoller(Poller poller) {
            this.poller = poller;
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            adds++;
            happen(onAdd);
            return new ProbeRegistration(poller.add(source, interest));
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            happen(onPoll);
            return spinning ? 0 : poller.poll(timeoutNanos);
        }

        @Override
        public void close() throws IOException {
            closes++;
            poller.close();
            happen(onClose);
        }
    }

    private final class ProbeRegistration implements Registration {

        private final Registration registration;

        ProbeRegistration(Registration registration) {
            this.registration = registration;
        }

        @Override
        public Source source() {
            return registration.source();
        }

        @Override
        public void interest(Interest interest) throws IOException {
            happen(onInterest);
            registration.interest(interest);
        }

        @Override
        public void remove() throws IOException {
            registration.remove();
            happen(onRemove);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            happen(onRead);
            return registration.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            writes++;
            return refusing ? 0 : registration.write(data, from, count);
        }

        @Override
        public long transferFrom(FileChannel file, long position, long count) throws IOException {
            writes++;
            return refusing ? 0 : registration.transferFrom(file, position, count);
        }
    }
}
