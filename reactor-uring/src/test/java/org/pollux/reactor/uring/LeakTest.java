package org.pollux.reactor.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/**
 * Pollers come and go, and leave no descriptor and no mapping behind. {@code -Dpollux.uring.cycles=10000} makes it ten thousand
 * times instead of {@value #CYCLES}.
 */
@Timeout(120)
class LeakTest {

    private static final int CYCLES = 300;
    private static final long SECOND = 1_000_000_000;

    @Test
    void pollersThatAreHandedOverAndClosedLeaveNothingBehind() throws Exception {
        Backend backend = Available.backend();
        try (Line line = Line.open()) {
            swap(backend, line, 10);
            var before = Holdings.now();
            swap(backend, line, Integer.getInteger("pollux.uring.cycles", CYCLES));
            Holdings.now().requireNoMoreThan(before, 8);
        }
    }

    /** Closed by this thread, or by another one as in a swap of the runtime. */
    private static void swap(Backend backend, Line line, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Poller poller = backend.open();
            line.addTo(poller);
            line.send(new byte[10]);
            poller.poll(SECOND);
            line.registration.write(new ByteBuffer[] {ByteBuffer.allocate(10)}, 0, 1);
            poller.handOver(line);
            if (i % 2 == 0) {
                poller.close();
            } else {
                Thread closing = Thread.ofPlatform().start(() -> close(poller));
                closing.join();
            }
            line.receive(10);
        }
    }

    private static void close(Poller poller) {
        try {
            poller.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
