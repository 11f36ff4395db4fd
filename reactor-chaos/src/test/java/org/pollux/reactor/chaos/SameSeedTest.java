package org.pollux.reactor.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** The same seed and the same sequence of polls give the same faults. */
class SameSeedTest {

    private static final int SOURCES = 5;
    private static final int POLLS = 300;

    @Test
    void theSameSeedRepeatsTheFaults() throws IOException {
        List<String> once = run(new ChaosSettings(4711, 100));
        assertEquals(once, run(new ChaosSettings(4711, 100)));
        assertNotEquals(once, run(new ChaosSettings(4712, 100)));
    }

    @Test
    void withoutIntensityThereIsNoFaultExceptTheOrder() throws IOException {
        List<String> one = run(new ChaosSettings(1, 0));
        List<String> other = run(new ChaosSettings(2, 0));
        one.sort(null);
        other.sort(null);
        assertEquals(one, other);
    }

    @Test
    void eachPollerHasFaultsOfItsOwn() throws IOException {
        ChaosBackend backend = new ChaosBackend(new Scripted(), new ChaosSettings(1, 100));
        assertNotEquals(run(backend.open()), run(backend.open()));
    }

    private static List<String> run(ChaosSettings settings) throws IOException {
        return run(new ChaosBackend(new Scripted(), settings).open());
    }

    /** What the sources are told, and how much of each write is taken. */
    private static List<String> run(Poller poller) throws IOException {
        List<String> log = new ArrayList<>();
        List<SocketChannel> channels = new ArrayList<>();
        List<Registration> registrations = new ArrayList<>();
        int[] poll = {0};
        for (int i = 0; i < SOURCES; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channels.add(channel);
            int number = i;
            registrations.add(poller.add(
                    new Stream(channel, ready -> log.add(poll[0] + ": " + number + " is ready to " + ready)),
                    Interest.READ_WRITE));
        }
        for (; poll[0] < POLLS; poll[0]++) {
            poller.poll(0);
            for (Registration registration : registrations) {
                ByteBuffer[] data = {ByteBuffer.allocate(1_000)};
                log.add(poll[0] + ": takes " + registration.write(data, 0, 1));
            }
        }
        poller.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        return log;
    }

    private interface Told {
        void ready(Interest ready);
    }

    private record Stream(SelectableChannel channel, Told told) implements Source {

        @Override
        public void onReady(Interest ready) {
            told.ready(ready);
        }

        @Override
        public boolean isStream() {
            return true;
        }
    }

    /** Sources are ready in every third poll, each in another one. */
    private record Scripted() implements Backend {

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String description() {
            return "without a system";
        }

        @Override
        public Poller open() {
            return new ScriptedPoller();
        }
    }

    private static final class ScriptedPoller implements Poller {

        private final List<ScriptedRegistration> registrations = new ArrayList<>();
        private int polls;

        @Override
        public Registration add(Source source, Interest interest) {
            registrations.add(new ScriptedRegistration(source, interest));
            return registrations.getLast();
        }

        @Override
        public int poll(long timeoutNanos) {
            polls++;
            int told = 0;
            for (int i = 0; i < registrations.size(); i++) {
                ScriptedRegistration registration = registrations.get(i);
                if ((polls + i) % 3 == 0 && registration.interest != Interest.NONE) {
                    registration.source.onReady(registration.interest);
                    told++;
                }
            }
            return told;
        }

        @Override
        public void close() {}
    }

    private static final class ScriptedRegistration implements Registration {

        private final Source source;
        private Interest interest;

        ScriptedRegistration(Source source, Interest interest) {
            this.source = source;
            this.interest = interest;
        }

        @Override
        public Source source() {
            return source;
        }

        @Override
        public void interest(Interest wanted) {
            interest = wanted;
        }

        @Override
        public void remove() {}

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            int taken = data[from].remaining();
            data[from].position(data[from].limit());
            return taken;
        }
    }
}
