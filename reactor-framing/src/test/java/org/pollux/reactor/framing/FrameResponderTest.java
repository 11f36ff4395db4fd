package org.pollux.reactor.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** A responder reads no faster than its peer does. */
class FrameResponderTest {

    private static final int FRAME = 1000;

    /** More than the system's buffers and a connection's limit together: a responder that went on would be aborted. */
    private static final int STREAM = 64 * Bytes.MB;

    private final AtomicReference<Connection> opened = new AtomicReference<>();
    private final ManualClock clock = new ManualClock();
    private final EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
    private final TurnedReactor reactor =
            new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);

    FrameResponderTest() throws IOException {}

    private Peer accept(Framing framing, FrameResponder responder) {
        return reactor.accept(connection -> {
            opened.set(connection);
            return framing.responding(responder);
        });
    }

    @Test
    void everyFrameGetsItsResponseAndTheEndOfInputClosesTheConnection() {
        try (reactor) {
            Peer peer = accept(Framing.delimitedBy(100, "\n"), (c, line) -> c.write(Bytes.of(line.remaining() + " ")));
            peer.send("one\n\nthree\n").closeOutput();
            peer.receives("3 0 5 ");
            peer.receivesEnd();
        }
    }

    @Test
    void aPeerThatDoesNotReadIsNotReadFromAndLosesNothing() {
        try (reactor) {
            Peer peer = accept(Framing.fixed(FRAME), Connection::write);
            byte[] sent = sendUntilStuck(peer);
            assertTrue(sent.length < STREAM, "reading has stopped");
            assertTrue(opened.get().isOpen());
            assertTrue(opened.get().isReadingPaused());
            long limit = 64 * 1024 + FRAME; // the high-water mark, and the response that exceeded it
            assertTrue(opened.get().pending() <= limit, () -> opened.get().pending() + " bytes are pending");

            int whole = sent.length / FRAME * FRAME;
            assertArrayEquals(Arrays.copyOf(sent, whole), peer.receive(whole));
            assertEquals(0, opened.get().pending());
        }
    }

    /** Sends until reading is paused and the system takes no byte more; the number of each frame is in its bytes. */
    private byte[] sendUntilStuck(Peer peer) {
        ByteBuffer data = ByteBuffer.allocate(STREAM);
        while (data.hasRemaining()) {
            data.putInt(data.position() / FRAME);
        }
        data.flip();
        reactor.turnUntil(
                "reading pauses", () -> peer.sendSome(data) == 0 && opened.get().isReadingPaused());
        return Arrays.copyOf(data.array(), data.position());
    }
}
