package org.pollux.reactor.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.Interest;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The NIO backend with counters at its seam. */
final class CountingBackend implements Backend {

    int writes;
    int polls;
    int added;

    private final Backend nio = new NioBackend();

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public String description() {
        return nio.description();
    }

    @Override
    public Poller open() throws IOException {
        return new Counted(nio.open());
    }

    private final class Counted implements Poller {

        private final Poller poller;

        Counted(Poller poller) {
            this.poller = poller;
        }

        @Override
        public Registration add(Source source, Interest interest) throws IOException {
            added++;
            return new CountedRegistration(poller.add(source, interest));
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            polls++;
            return poller.poll(timeoutNanos);
        }

        @Override
        public void close() throws IOException {
            poller.close();
        }
    }

    private final class CountedRegistration implements Registration {

        private final Registration registration;

        CountedRegistration(Registration registration) {
            this.registration = registration;
        }

        @Override
        public Source source() {
            return registration.source();
        }

        @Override
        public void interest(Interest interest) throws IOException {
            registration.interest(interest);
        }

        @Override
        public void remove() throws IOException {
            registration.remove();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return registration.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            writes++;
            return registration.write(data, from, count);
        }
    }
}
