package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.spi.Poller;

/** What Linux 6.6 and 6.15 have brought is used where it is there, and not needed. */
@Timeout(60)
class OldKernelTest {

    private static final int EINVAL = 22;
    private final List<Integer> submitted = new ArrayList<>();

    private Kernel linux61(Arena arena) {
        return new ChangedKernel(new LinuxKernel(arena)) {
            @Override
            public int setup(int entries, long parameters) {
                if ((Memory.readInt(parameters + 8) & Flags.SETUP_NO_SQARRAY) != 0) {
                    return -EINVAL;
                }
                int ring = super.setup(entries, parameters);
                Memory.write(parameters + 20, Memory.readInt(parameters + 20) & ~Flags.FEATURE_NO_IOWAIT);
                return ring;
            }

            @Override
            public int enter(int ring, int submit, int atLeast, int flags, long argument, long length) {
                assertEquals(0, flags & Flags.ENTER_NO_IOWAIT);
                submitted.add(submit);
                return super.enter(ring, submit, atLeast, flags, argument, length);
            }
        };
    }

    @Test
    void streamsWorkAndTheirReceivesAreCancelledBeforeTheRingIsClosed() throws IOException {
        Available.backend();
        var backend = new UringBackend(this::linux61);
        try (Poller poller = backend.open();
                Line line = Line.open().addTo(poller)) {
            for (int i = 0; i < 10; i++) {
                line.send(new byte[] {(byte) i});
                while (line.received.size() <= i) {
                    poller.poll(1_000_000_000);
                }
                line.registration.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {(byte) i})}, 0, 1);
                poller.poll(0);
                assertArrayEquals(new byte[] {(byte) i}, line.receive(1));
            }
            submitted.clear();
            poller.handOver(line);
            assertTrue(submitted.contains(1), "the receive is cancelled");
        }
    }
}
