package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.tls.TlsSession;

/** Requests and responses allocate nothing in Java once the code is compiled. */
@Timeout(120)
class SteadyPathTest {

    private static final int REQUESTS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final ByteBuffer[] request = {ByteBuffer.allocateDirect(100)};
    private final ByteBuffer[] response = {ByteBuffer.allocateDirect(150), ByteBuffer.allocate(50)};
    private final ByteBuffer[] large = {ByteBuffer.allocateDirect(50_000)};

    @Test
    void nothingIsAllocated() throws IOException {
        try (Peers peers = Peers.shaken()) {
            double least = Double.MAX_VALUE;
            for (int round = 0; round < 40 && least >= 1; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < REQUESTS; i++) {
                    exchange(peers.client(), peers.server(), i % 8 == 0);
                }
                least = Math.min(least, (double) (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS);
            }
            assertTrue(least < 1, "an exchange allocates " + least + " bytes");
        }
    }

    private void exchange(TlsSession client, TlsSession server, boolean isLarge) throws IOException {
        send(client, server, request, 100);
        if (isLarge) {
            send(server, client, large, 50_000);
        } else {
            send(server, client, response, 200);
        }
    }

    private void send(TlsSession from, TlsSession to, ByteBuffer[] data, int length) throws IOException {
        for (ByteBuffer buffer : data) {
            buffer.clear();
        }
        assertEquals(length, from.write(data, 0, data.length));
        assertEquals(length, to.read(in.clear()));
    }
}
