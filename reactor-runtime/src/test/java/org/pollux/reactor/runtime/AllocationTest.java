package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Listener;

/** The steady path allocates nothing. */
class AllocationTest {

    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final class Echo implements ConnectionHandler {

        @Override
        public void onOpen(Connection connection) {
            connection.idleTimeout(Duration.ofMinutes(1));
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            connection.write(in);
        }
    }

    @Test
    void aReadAndTheWriteThatAnswersItAllocateNothing() throws IOException {
        try (TestLoop test = new TestLoop();
                Listener listener = test.listen(connection -> new Echo());
                SocketChannel client = SocketChannel.open(listener.local())) {
            client.configureBlocking(false);
            ByteBuffer message = ByteBuffer.allocateDirect(100);
            test.settle();
            roundTrips(test, client, message, WARM_UP);
            long allocated = roundTrips(test, client, message, MEASURED);
            System.out.println("ALLOC " + allocated);
            assertEquals((WARM_UP + MEASURED) * 100L, test.inside.counters().bytesWritten());
            assertTrue(
                    allocated < MEASURED, allocated + " bytes for " + MEASURED + " reads; less than one each is none");
        }
    }

    /** What the loop's turns allocate, and not the client, though both are on this thread. */
    private long roundTrips(TestLoop test, SocketChannel client, ByteBuffer message, int count) throws IOException {
        long allocated = 0;
        for (int i = 0; i < count; i++) {
            message.clear();
            while (message.hasRemaining()) {
                client.write(message);
            }
            message.clear();
            while (message.hasRemaining()) {
                long before = threads.getCurrentThreadAllocatedBytes();
                test.loop.turn(Duration.ZERO);
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
                client.read(message);
            }
        }
        return allocated;
    }
}
