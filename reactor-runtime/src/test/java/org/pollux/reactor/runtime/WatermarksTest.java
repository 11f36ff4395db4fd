package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.net.StreamOutput;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What a writer is told: when to stop, when to go on, and what happens when he does not listen. */
class WatermarksTest {

    private final TestLoop test;
    private final Recorder recorder = new Recorder() {
        @Override
        protected void drained(Connection c) {
            log().add(c.pending() <= StreamOutput.LOW ? "below low" : "above low");
        }
    };
    private final Peer peer;

    WatermarksTest() throws IOException {
        test = new TestLoop();
        peer = test.accept(recorder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Connection connection() {
        return recorder.connection();
    }

    /** Writes on the loop until the answer is false. */
    private void writeUntilFalse() {
        test.onLoop(() -> {
            boolean goOn = true;
            while (goOn) {
                goOn = connection().write(ByteBuffer.allocate(10_000));
                assertEquals(goOn, connection().pending() <= StreamOutput.HIGH);
            }
        });
    }

    private void peerTakesAll() {
        test.turnUntil("all is sent", () -> {
            peer.receiveSome();
            return connection().pending() == 0;
        });
        test.settle();
    }

    @Test
    void case45_oneOnDrainedForEachTimeThatWriteReturnedFalse() {
        for (int i = 1; i <= 3; i++) {
            writeUntilFalse();
            test.settle();
            assertEquals(i - 1, recorder.count("drained"));
            peerTakesAll();
            assertEquals(i, recorder.count("drained"));
        }
        assertEquals(
                List.of("open", "drained", "below low", "drained", "below low", "drained", "below low"),
                recorder.log());
    }

    @Test
    void case45_oneOnDrainedForSeveralSuchAnswersInARow() {
        writeUntilFalse();
        for (int i = 0; i < 10; i++) {
            test.onLoop(() -> assertFalse(connection().write(ByteBuffer.allocate(10_000))));
            assertFalse(connection().write(ByteBuffer.allocate(10_000)), "from another thread");
        }
        peerTakesAll();
        assertEquals(1, recorder.count("drained"));
    }

    @Test
    void case45_noOnDrainedWhenWriteNeverReturnedFalse() {
        test.onLoop(() -> {
            Bytes.fill(connection(), 1_000);
            assertTrue(connection().write(ByteBuffer.allocate(40_000)));
        });
        peerTakesAll();
        assertEquals(0, recorder.count("drained"));
    }

    @Test
    void case45_noOnDrainedWhenTheWritesOfAnotherThreadNeverReturnedFalse() {
        test.onLoop(() -> Bytes.fill(connection(), 1_000));
        assertTrue(connection().write(ByteBuffer.allocate(40_000)));
        assertTrue(connection().write(ByteBuffer.allocate(20_000)));
        test.settle();
        peerTakesAll();
        assertEquals(0, recorder.count("drained"));
    }

    @Test
    void case45_oneOnDrainedForAnotherThreadsWritesThatReturnedFalseBeforeTheLoopSawThem() {
        for (int round = 1; round <= 3; round++) {
            assertTrue(connection().write(ByteBuffer.allocate(10_000)));
            for (int i = 0; i < 8; i++) {
                boolean answer = connection().write(ByteBuffer.allocate(10_000));
                assertEquals(10_000L * (i + 2) <= StreamOutput.HIGH, answer);
            }
            peerTakesAll();
            assertEquals(round, recorder.count("drained"));
        }
    }

    @Test
    void case45_aWriterOnAnotherThreadThatWaitsForOnDrainedNeverWaitsInVain() throws Exception {
        Semaphore drained = new Semaphore(0);
        try (RunningLoop running = new RunningLoop()) {
            Recorder waiting = new Recorder() {
                @Override
                protected void drained(Connection c) {
                    drained.release();
                }
            };
            var listener = running.call(() -> running.loop.listen(TestLoop.anyPort(), c -> waiting));
            Peer far = test.dial(listener.local());
            Await.until("accepted", () -> waiting.log().contains("open"));
            Background reader = new Background(() -> {
                while (far.received().length < 100 * Bytes.MB / 4) {
                    far.receiveSome();
                }
            });
            for (int sent = 0; sent < 25 * Bytes.MB; sent += 32 * 1024) {
                if (!waiting.connection().write(ByteBuffer.allocate(32 * 1024))) {
                    assertTrue(drained.tryAcquire(40, TimeUnit.SECONDS), "told to stop and never to go on");
                }
            }
            reader.join();
            assertEquals(0, drained.availablePermits(), "one onDrained for each false");
        }
    }

    @Test
    void watermarksMayBeSetAndAreChecked() {
        test.onLoop(() -> {
            Bytes.fill(connection(), 1_000);
            connection().watermarks(1_000, 2_000);
            assertTrue(connection().write(ByteBuffer.allocate(1_000)));
            assertFalse(connection().write(ByteBuffer.allocate(1_001)));
        });
        peerTakesAll();
        assertEquals(1, recorder.count("drained"));
        assertThrows(IllegalArgumentException.class, () -> connection().watermarks(-1, 5));
        assertThrows(IllegalArgumentException.class, () -> connection().watermarks(5, 5));
    }

    @Test
    void aWriterWhoDoesNotListenIsCutOffAtTheBoundAndToldWhy() {
        try (CapturedLog captured = new CapturedLog()) {
            test.onLoop(() -> {
                while (connection().pending() <= StreamOutput.BOUND) {
                    connection().write(ByteBuffer.allocate(Bytes.MB));
                }
                assertTrue(connection().isOpen(), "the bound must be exceeded before the write");
                assertFalse(connection().write(ByteBuffer.allocate(1)));
                assertFalse(connection().isOpen());
            });
            test.settle();
            assertTrue(recorder.causeMessage().contains("until onDrained"), recorder.causeMessage());
            captured.says("until onDrained");
        }
        peer.receivesReset();
    }

    @Test
    void aWriterOnAnotherThreadIsCutOffAtTheBoundAndNoByteVanishesSilently() {
        try (CapturedLog captured = new CapturedLog()) {
            assertFalse(connection().write(ByteBuffer.allocate(17 * Bytes.MB)));
            assertFalse(connection().write(Bytes.of("beyond the bound")));
            test.settle();
            assertTrue(recorder.causeMessage().contains("until onDrained"), recorder.causeMessage());
            captured.says("until onDrained");
        }
    }

    @Test
    void aSingleWriteMayExceedTheBoundFromAnyThread() {
        byte[] large = Bytes.random(17 * Bytes.MB);
        connection().write(Bytes.of("1"));
        connection().write(ByteBuffer.wrap(large));
        peer.receive(1 + large.length);
        test.onLoop(() -> connection().write(ByteBuffer.wrap(large)));
        peer.receive(1 + 2 * large.length);
        assertTrue(connection().isOpen());
    }
}
