package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * What is done all the time makes no garbage, once it is warm. The JDK's own selector boxes the number of each
 * descriptor above 127, 16 bytes a time; the tests run with {@code -XX:AutoBoxCacheMax}, which keeps those boxes.
 */
class NioPollerAllocationTest {

    private static final int TURNS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Echo> sources = new ArrayList<>();
    private Poller poller;

    @BeforeEach
    void openManyPipes() throws IOException {
        poller = new NioBackend().open();
        for (int i = 0; i < 20; i++) {
            sources.add(new Echo(poller));
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        poller.close();
        for (Echo source : sources) {
            source.close();
        }
    }

    @Test
    void aTurnThatReadsWritesAndChangesInterestsAllocatesNothing() throws IOException {
        turn(4 * TURNS);
        long before = threads.getCurrentThreadAllocatedBytes();
        turn(TURNS);
        double perTurn = (double) (threads.getCurrentThreadAllocatedBytes() - before) / TURNS;
        assertTrue(perTurn < 1, perTurn + " bytes were allocated in each turn (is -XX:AutoBoxCacheMax set?)");
    }

    private void turn(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            poller.poll(i % 2 == 0 ? 0 : 1_000_000);
        }
    }

    /** Reads the byte of its pipe and writes it again, and has another interest for a moment. */
    private static final class Echo implements Source {

        private final Pipe pipe = Pipe.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        private final Registration registration;

        Echo(Poller poller) throws IOException {
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
            pipe.sink().write(ByteBuffer.allocate(1));
            registration = poller.add(this, Interest.READ);
        }

        @Override
        public SelectableChannel channel() {
            return pipe.source();
        }

        @Override
        public void onReady(Interest ready) {
            try {
                registration.read(buffer.clear());
                pipe.sink().write(buffer.flip());
                registration.interest(Interest.NONE);
                registration.interest(Interest.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }
}
