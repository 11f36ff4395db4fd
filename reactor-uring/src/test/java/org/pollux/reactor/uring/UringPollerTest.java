package org.pollux.reactor.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Poller;

/** What is particular to a ring; the rest is in the contract. */
@Timeout(60)
class UringPollerTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Line> lines = new ArrayList<>();
    private Backend backend;
    private Poller poller;

    @BeforeEach
    void open() throws IOException {
        backend = Available.backend();
        poller = backend.open();
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
        for (Line line : lines) {
            line.close();
        }
    }

    private Line line() throws IOException {
        Line line = Line.open();
        lines.add(line);
        return line.addTo(poller);
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void pollUntil(BooleanSupplier condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < 30 * SECOND, "it does not come");
            poller.poll(SECOND / 20);
        }
    }

    @Test
    void manyUploadsThatNobodyReadsUseUpAllBuffersAndNothingIsLost() throws IOException {
        int length = 60_000;
        for (int i = 0; i < 100; i++) {
            line().reads = false;
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).send(bytes(length, i));
        }
        for (int i = 0; i < 100; i++) {
            poller.poll(0);
        }
        lines.forEach(line -> line.reads = true);
        pollUntil(() -> lines.stream().allMatch(line -> line.received.size() == length));
        for (int i = 0; i < lines.size(); i++) {
            assertArrayEquals(bytes(length, i), lines.get(i).received.toByteArray());
        }
        Line after = line();
        after.reads = false;
        after.send(bytes(100, 0));
        pollUntil(() -> isAhead(after));
    }

    /** Whether its bytes were received before it has read: a swap would hand them over. */
    private boolean isAhead(Line line) {
        try {
            poller.handOver(line);
            return line.received.size() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStreamThatEndsWithItsFirstBytesCostsNoCancellationAndALaterReceiveContinues() throws IOException {
        List<Integer> submitted = new ArrayList<>();
        Backend counted = new UringBackend(arena -> new ChangedKernel(new LinuxKernel(arena)) {
            @Override
            public int enter(int ring, int submit, int atLeast, int flags, long argument, long length) {
                submitted.add(submit);
                return super.enter(ring, submit, atLeast, flags, argument, length);
            }
        });
        try (Poller counting = counted.open();
                Line shortLived = Line.open().addTo(counting);
                Line lasting = Line.open().addTo(counting)) {
            shortLived.send(new byte[1]);
            while (shortLived.received.size() == 0) {
                counting.poll(SECOND);
            }
            shortLived.registration.remove();
            submitted.clear();
            counting.poll(0);
            assertEquals(List.of(0), submitted);
            for (int i = 1; i <= 3; i++) {
                submitted.clear();
                lasting.send(new byte[1]);
                while (lasting.received.size() < i) {
                    counting.poll(SECOND);
                }
            }
            assertEquals(0, submitted.stream().mapToInt(Integer::intValue).sum(), "the second receive continues");
        }
    }

    @Test
    void theBuffersOfStreamsThatAreRemovedUnreadAreUsedAgain() throws IOException {
        for (int i = 0; i < 2 * ReceiveBuffers.MOST; i += 4) {
            try (Line line = Line.open().addTo(poller)) {
                line.reads = false;
                line.send(new byte[4 * ReceiveBuffers.SIZE]);
                assertEquals(1, poller.poll(30 * SECOND));
                if (i % 8 == 0) {
                    line.registration.remove();
                } // else it is closed too early
            }
        }
        Line after = line();
        after.reads = false;
        after.send(bytes(100, 0));
        pollUntil(() -> isAhead(after));
    }

    /** A ring works for one thread. */
    @Test
    void anotherThreadPollsOnWithWhatWasReceivedAndSent() throws IOException {
        Line line = line();
        line.reads = false;
        byte[] sent = bytes(1_000, 1);
        byte[] written = bytes(1_000, 2);
        CompletableFuture.runAsync(() -> {
                    try {
                        line.send(sent);
                        assertEquals(1, poller.poll(SECOND));
                        line.registration.write(new ByteBuffer[] {ByteBuffer.wrap(written)}, 0, 1);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .join();
        line.reads = true;
        line.send(sent);
        pollUntil(() -> line.received.size() == 2_000);
        byte[] twice = line.received.toByteArray();
        assertArrayEquals(sent, Arrays.copyOf(twice, 1_000));
        assertArrayEquals(sent, Arrays.copyOfRange(twice, 1_000, 2_000));
        assertArrayEquals(written, line.receive(1_000));
        assertEquals(1, Holdings.now().rings(), "the ring of the other thread is closed");
    }

    @Test
    void smallWritesToAFullSocketAreSentInOrder() throws IOException {
        Line line = line();
        byte[] all = bytes(16 << 20, 3);
        ByteBuffer[] data = {ByteBuffer.wrap(all)};
        int idle = 0;
        while (idle < 3) {
            data[0].limit(Math.min(all.length, data[0].position() + 1_000));
            idle = line.registration.write(data, 0, 1) == 0 ? idle + 1 : 0;
            poller.poll(0);
        }
        int taken = data[0].position();
        assertTrue(line.registration.hasUnsent(), "the last ones were taken and could not be sent");
        assertTrue(taken < all.length);
        var receiving = CompletableFuture.supplyAsync(() -> {
            try {
                return line.receive(taken);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        pollUntil(receiving::isDone);
        assertArrayEquals(Arrays.copyOf(all, taken), receiving.join());
        assertFalse(line.registration.hasUnsent());
    }

    /** More streams write in a turn than the outbox has room for. */
    @Test
    void writesBeyondTheOutboxAreSentAtOnce() throws IOException {
        int length = Outbox.LONGEST;
        for (int i = 0; i < 100; i++) {
            byte[] data = bytes(length, i);
            assertEquals(length, line().registration.write(new ByteBuffer[] {ByteBuffer.wrap(data)}, 0, 1));
        }
        poller.poll(0);
        for (int i = 0; i < lines.size(); i++) {
            assertArrayEquals(bytes(length, i), lines.get(i).receive(length));
        }
    }

    /** Two streams write by turns, so neither has its bytes together in the outbox. */
    @Test
    void writesOfTwoStreamsThatAlternateKeepTheirOrder() throws IOException {
        Line one = line();
        Line two = line();
        for (int i = 0; i < 10; i++) {
            for (Line line : lines) {
                line.registration.write(new ByteBuffer[] {ByteBuffer.wrap(bytes(100, i))}, 0, 1);
            }
        }
        poller.poll(0);
        for (int i = 0; i < 10; i++) {
            assertArrayEquals(bytes(100, i), one.receive(100));
            assertArrayEquals(bytes(100, i), two.receive(100));
        }
    }

    /** Each of them begins to receive, and a turn begins only so many. */
    @Test
    void aThousandStreamsThatComeAtOnceAreServedAll() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            line().send(new byte[] {1});
        }
        pollUntil(() -> lines.stream().allMatch(line -> line.received.size() == 1));
    }

    @Test
    void aClosedStreamIsEndedByTheNextPollThoughAReceiveWasUnderWay() throws IOException {
        for (int i = 0; i < 100; i++) {
            line();
        }
        poller.poll(0);
        for (Line line : lines) {
            line.registration.remove();
            line.near.close();
        }
        poller.poll(0);
        for (Line line : lines) {
            assertEquals(-1, line.far.read(ByteBuffer.allocate(1)), "the FIN has come");
        }
    }

    @Test
    void aPausedStreamTakesNoMoreThanTwoBuffersOrWhatCameAtOnce() throws IOException {
        Line line = line();
        poller.poll(0);
        line.registration.interest(Interest.NONE);
        for (int i = 0; i < 30; i++) {
            line.send(new byte[100]);
            poller.poll(SECOND / 1_000);
        }
        poller.handOver(line);
        int ahead = line.received.size();
        assertTrue(ahead <= 400, ahead + " bytes were received ahead for one that does not read");
    }
}
