package org.pollux.reactor.libevent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.base.JdkChannels;

/** What is particular to libevent; the rest is in the contract. */
@Timeout(60)
class LibeventPollerTest {

    private static final long SECONDS = 1_000_000_000;

    private Poller poller;

    @BeforeEach
    void open() throws IOException {
        poller = new LibeventBackend().open();
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
    }

    @Test
    void descriptorsBeyondAThousandAreRight() throws IOException {
        List<DatagramChannel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.configureBlocking(false);
            }
            assertTrue(JdkChannels.descriptor(channels.getLast()) > 1_024);
            try (Poller late = new LibeventBackend().open()) { // its own descriptors have high numbers, too
                List<Watched> all = new ArrayList<>();
                for (DatagramChannel channel : channels) {
                    all.add(new Watched(late, channel, Interest.WRITE));
                }
                int polls = 0;
                while (all.stream().anyMatch(watched -> watched.told.isEmpty())) {
                    assertTrue(polls++ < 100, "every one is told within a hundred polls");
                    assertTrue(late.poll(SECONDS) > 0);
                }
                for (Watched watched : all) {
                    watched.registration().interest(Interest.NONE);
                }
                assertEquals(0, late.poll(1_000));
            }
        } finally {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        }
    }

    /** A timeout in milliseconds would be twice as long. The fastest of many says what the mechanism can. */
    @Test
    void aWaitIsPreciseToAFractionOfAMillisecond() throws IOException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            long start = System.nanoTime();
            assertEquals(0, poller.poll(100_000));
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertTrue(fastest >= 100_000, "never early, but " + fastest + " ns");
        assertTrue(fastest < 500_000, "the fastest of 200 waits of 100,000 ns took " + fastest + " ns");
    }

    @Test
    void aShortWaitLeavesNothingBehindForALongOne() throws IOException {
        try (Stream stream = Stream.open()) {
            Watched watched = new Watched(poller, stream.near(), Interest.READ);
            poller.poll(50_000);
            var sending = CompletableFuture.runAsync(
                    () -> assertDoesNotThrow(() -> stream.far().write(ByteBuffer.allocate(1))),
                    CompletableFuture.delayedExecutor(20, java.util.concurrent.TimeUnit.MILLISECONDS));
            assertEquals(1, poller.poll(-1));
            sending.join();
            assertEquals(List.of(Interest.READ), watched.told);
        }
    }

    /** Its descriptor stays open until the selector lets go of it, so the kernel goes on to report it. */
    @Test
    void aClosedChannelThatASelectorHoldsIsNeitherToldNorSpunUpon() throws IOException {
        try (Selector selector = Selector.open();
                Stream stream = Stream.open()) {
            stream.near().register(selector, SelectionKey.OP_READ);
            Watched watched = new Watched(poller, stream.near(), Interest.READ);
            stream.far().write(ByteBuffer.allocate(1));
            stream.near().close();
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                assertEquals(0, poller.poll(Duration.ofMillis(5).toNanos()));
                assertTrue(System.nanoTime() - start >= 5_000_000);
            }
            assertEquals(List.of(), watched.told);
            watched.registration().remove();
        }
    }

    @Test
    void streamsResetAndRemovedWhileTheirEventIsActiveAreNotTold() throws IOException {
        for (int round = 0; round < 50; round++) {
            List<Watched> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(new Watched(poller, Stream.open().reset().near(), Interest.READ_WRITE));
            }
            for (Watched watched : all) {
                watched.whenTold(() -> {
                    for (Watched other : all) {
                        other.registration().remove();
                        other.channel().close();
                    }
                });
            }
            assertEquals(1, poller.poll(SECONDS));
            assertEquals(0, poller.poll(0));
        }
    }

    /** The contract does not ask for it; the JVM must survive it all the same. */
    @Test
    void closingInsideACallbackEndsTheTurn() throws IOException {
        try (Stream one = Stream.open();
                Stream two = Stream.open()) {
            Watched first = new Watched(poller, one.near(), Interest.WRITE);
            Watched second = new Watched(poller, two.near(), Interest.WRITE);
            first.whenTold(poller::close);
            second.whenTold(poller::close);
            assertEquals(1, poller.poll(-1));
            assertEquals(1, first.told.size() + second.told.size());
            assertThrows(IllegalStateException.class, () -> poller.poll(0));
            assertThrows(IllegalStateException.class, () -> first.registration().read(ByteBuffer.allocate(1)));
            ByteBuffer[] data = {ByteBuffer.allocate(1)};
            assertThrows(IllegalStateException.class, () -> first.registration().write(data, 0, 1));
            poller.close();
        }
    }

    @Test
    void closingWhileAnotherThreadWaitsIsRefused() throws Exception {
        try (Stream stream = Stream.open()) {
            Watched watched = new Watched(poller, stream.near(), Interest.READ);
            FutureTask<Integer> poll = new FutureTask<>(() -> poller.poll(-1));
            Thread waiting = Thread.ofPlatform().start(poll);
            while (Arrays.stream(waiting.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().equals("await"))) {
                assertTrue(waiting.isAlive());
                Thread.onSpinWait();
            }
            assertThrows(IllegalStateException.class, poller::close);
            stream.far().write(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, poll.get());
            assertEquals(1, watched.told.size());
        }
    }

    @Test
    void closingWhileASourceHoldsTheThreadUpIsNot() throws Exception {
        try (Stream one = Stream.open();
                Stream two = Stream.open()) {
            Watched first = new Watched(poller, one.near(), Interest.WRITE);
            Watched second = new Watched(poller, two.near(), Interest.WRITE);
            first.whenTold(this::closeElsewhere);
            second.whenTold(this::closeElsewhere);
            assertEquals(1, poller.poll(-1), "the other one is not told by a poller that is closed");
            assertThrows(IllegalStateException.class, () -> poller.poll(0));
        }
    }

    private void closeElsewhere() {
        CompletableFuture.runAsync(() -> assertDoesNotThrow(poller::close)).join();
    }

    @Test
    void memoryThatOthersMayFreeIsCopied() throws IOException {
        try (Stream stream = Stream.open();
                var arena = java.lang.foreign.Arena.ofShared()) {
            var registration = new Watched(poller, stream.near(), Interest.NONE).registration();
            ByteBuffer[] data = {arena.allocate(10).asByteBuffer()};
            data[0].put(3, (byte) 7).position(3).limit(5);
            assertEquals(2, registration.write(data, 0, 1));
            ByteBuffer received = ByteBuffer.allocate(10);
            assertEquals(2, stream.far().read(received));
            assertEquals(7, received.get(0));

            stream.far().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertEquals(3, registration.read(data[0].clear().position(4)));
            assertEquals(2, data[0].get(5));
        }
    }

    @Test
    void moreThanTheScratchMemoryOnTheHeapIsWrittenByOneCall() throws IOException {
        try (Stream stream = Stream.open()) {
            stream.near().setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
            var registration = new Watched(poller, stream.near(), Interest.NONE).registration();
            ByteBuffer[] data = {ByteBuffer.allocate(100_000), ByteBuffer.allocate(100_000)};
            assertEquals(200_000, registration.write(data, 0, 2));
        }
    }
}
