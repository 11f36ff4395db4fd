package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** Polling, receiving and sending allocate nothing once the code is compiled. */
@Timeout(120)
class SteadyPathTest {

    private static final int TURNS = 5_000;
    private static final long HOUR = 3_600_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void nothingIsAllocated() throws IOException {
        try (Poller poller = Available.backend().open();
                Line stream = Line.open()) {
            var echo = new Echo(poller, stream);
            double least = Double.MAX_VALUE;
            for (int round = 0; round < 40 && least >= 1; round++) {
                least = Math.min(least, (double) allocatedBy(poller, echo, stream) / TURNS);
            }
            assertTrue(least < 1, "a turn allocates " + least + " bytes");
        }
    }

    private long allocatedBy(Poller poller, Echo echo, Line stream) throws IOException {
        ByteBuffer request = ByteBuffer.allocateDirect(200);
        long allocated = 0;
        for (int i = 0; i < TURNS; i++) {
            stream.far.write(request.clear().limit(100));
            long before = threads.getCurrentThreadAllocatedBytes();
            assertEquals(1, poller.poll(i % 2 == 0 ? -1 : HOUR));
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            before = threads.getCurrentThreadAllocatedBytes();
            poller.poll(0); // sends
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(200, stream.far.read(request.clear()));
        }
        assertEquals(100, echo.received);
        return allocated;
    }

    private static final class Echo implements Source {

        private final SelectableChannel channel;
        private final Registration registration;
        private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
        private final ByteBuffer[] out = {ByteBuffer.allocateDirect(100), ByteBuffer.allocate(100)};
        private int received;

        Echo(Poller poller, Line stream) throws IOException {
            channel = stream.near;
            registration = poller.add(this, Interest.READ);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public boolean isStream() {
            return true;
        }

        @Override
        public void onReady(Interest ready) {
            try {
                received = registration.read(in.clear());
                out[0].clear();
                out[1].clear();
                registration.write(out, 0, 2);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
