package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.net.StreamOutput;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** A handler that writes while there is room does not keep the loop, however fast its peer reads. */
@Timeout(60)
class WriteShareTest {

    private static final ByteBuffer PIECE = ByteBuffer.allocateDirect(64 * 1024);

    private final TestLoop test;
    private final List<Long> shares = new ArrayList<>();
    private boolean fast = true;
    private final Recorder recorder = new Recorder() {
        @Override
        protected void drained(Connection c) {
            if (shares.size() < 3) {
                writeWhileThereIsRoom();
            }
        }
    };
    private final Peer peer;

    WriteShareTest() throws IOException {
        test = new TestLoop();
        peer = test.accept(recorder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** As a peer that reads fast does, it takes all of each piece before the next is written. */
    private void writeWhileThereIsRoom() {
        long written = 0;
        boolean room = true;
        while (room) {
            room = recorder.connection().write(PIECE.duplicate());
            written += PIECE.capacity();
            if (fast) {
                peer.receiveSome();
            }
        }
        shares.add(written);
    }

    @Test
    void aFastPeerGetsItsShareInEachTurn() {
        test.onLoop(this::writeWhileThereIsRoom);
        test.turnUntil("three shares were written", () -> shares.size() == 3);
        assertTrue(shares.stream().allMatch(share -> share <= StreamOutput.SHARE + PIECE.capacity()), shares::toString);
        assertTrue(recorder.connection().isOpen());
    }

    @Test
    void emptyWritesHaveAnEndToo() {
        AtomicInteger writes = new AtomicInteger();
        test.onLoop(() -> {
            while (recorder.connection().write(ByteBuffer.allocate(0))) {
                writes.incrementAndGet();
            }
        });
        assertEquals(StreamOutput.SHARE / 64, writes.get());
        fast = false;
        test.turnUntil("it may go on", () -> !shares.isEmpty());
    }

    @Test
    void aHandlerThatDoesNotListenIsStopped() {
        test.onLoop(() -> assertThrows(IllegalStateException.class, () -> {
            while (true) {
                boolean _ = recorder.connection().write(ByteBuffer.allocate(0));
            }
        }));
    }

    @Test
    void aConnectionThatIsOverStopsItsWriterAsWell() {
        test.onLoop(() -> {
            recorder.connection().abort();
            assertFalse(recorder.connection().write(ByteBuffer.allocate(1)));
            assertThrows(IllegalStateException.class, () -> {
                while (true) {
                    boolean _ = recorder.connection().write(ByteBuffer.allocate(1));
                }
            });
        });
    }

    @Test
    void whatIsWrittenInManyTurnsNeverAddsUp() {
        for (int turn = 0; turn < 100; turn++) {
            test.onLoop(() -> {
                for (int i = 0; i < 100_000; i++) {
                    assertTrue(recorder.connection().write(ByteBuffer.allocate(0)));
                }
            });
        }
    }
}
