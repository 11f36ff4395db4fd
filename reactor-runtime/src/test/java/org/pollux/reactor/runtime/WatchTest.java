package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.testkit.Recorder;

/** Watched channels: dispatch, refusals, one-shot. */
class WatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestLoop test;
    private final List<String> log = new ArrayList<>();

    WatchTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private WatchHandler note(String name) {
        return (_, ready) -> log.add(name + " " + ready);
    }

    @Test
    void case1_anEventClosedInsideAnothersCallbackOfTheSameTurnIsNotCalled() throws IOException {
        List<Watch> events = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            events.add(test.loop.watch(test.readablePipe().source(), Interest.READ, (_, _) -> {
                log.add("called");
                events.forEach(Watch::close);
            }));
        }
        test.settle();
        assertEquals(List.of("called"), log);
    }

    @Test
    void case1_anEventMayBeClosedInItsOwnCallback() throws IOException {
        Watch closed = test.loop.watch(test.readablePipe().source(), Interest.READ, (watch, _) -> {
            log.add("called");
            watch.close();
        });
        test.settle();
        assertEquals(List.of("called"), log);
        assertTrue(closed.isClosed());
        assertEquals(1, test.inside.sources().size());
    }

    @Test
    void case3_aChannelMadeReadyTwiceIsServedOnce() throws IOException {
        Pipe pipe = test.pipe();
        test.loop.watch(pipe.source(), Interest.READ, note("ready"));
        TestLoop.fill(pipe);
        TestLoop.fill(pipe);
        test.turn();
        assertEquals(List.of("ready READ"), log);
    }

    @Test
    void case4_aOneShotEventFiresOnce() throws IOException {
        Watch event = test.loop
                .watch(test.readablePipe().source(), Interest.READ, note("once"))
                .once();
        test.settle();
        assertEquals(List.of("once READ"), log);
        assertTrue(event.isClosed());
    }

    @Test
    void case4_aOneShotEventsChannelMayBeWatchedAgainInItsOwnCallback() throws IOException {
        test.loop
                .watch(test.readablePipe().source(), Interest.READ, (watch, _) -> {
                    log.add("first");
                    test.loop.watch(watch.channel(), Interest.READ, note("again"));
                })
                .once();
        test.turn();
        test.turn();
        assertEquals(List.of("first", "again READ"), log);
    }

    @Test
    void case5_readinessIsReportedInEveryTurnUntilItIsDrained() throws IOException {
        Pipe pipe = test.readablePipe();
        test.loop.watch(pipe.source(), Interest.READ, (watch, _) -> {
            log.add("ready");
            if (log.size() == 3) {
                TestLoop.drain(watch);
            }
        });
        test.settle();
        assertEquals(3, log.size());
    }

    @Test
    void case6_aSecondEventOfOneChannelIsRefusedAndTheFirstGoesOn() throws IOException {
        Pipe pipe = test.readablePipe();
        test.loop.watch(pipe.source(), Interest.READ, note("first"));
        assertThrows(IllegalStateException.class, () -> test.loop.watch(pipe.source(), Interest.READ, note("second")));
        test.turn();
        assertEquals(List.of("first READ"), log);
    }

    @Test
    void case7_readAndWriteInterestChangeIndependently() throws IOException {
        try (Listener listener = test.listen(connection -> new Recorder() {
                    @Override
                    protected void opened(Connection c) {
                        c.write(ByteBuffer.allocate(1));
                    }
                });
                SocketChannel channel = SocketChannel.open(listener.local())) {
            channel.configureBlocking(false);
            test.settle();
            Watch event = test.loop.watch(channel, Interest.READ_WRITE, note("ready"));
            for (Interest interest : List.of(Interest.READ, Interest.WRITE, Interest.NONE, Interest.READ_WRITE)) {
                event.interest(interest);
                test.turn();
            }
            assertEquals(List.of("ready READ", "ready WRITE", "ready READ_WRITE"), log);
        }
    }

    @Test
    void theInterestThatAnEventHasAlreadyCostsNoSystemCall() throws IOException {
        ProbeBackend probe = new ProbeBackend();
        test.moveTo(probe);
        Watch event = test.loop.watch(test.readablePipe().source(), Interest.NONE, note("ready"));
        probe.onInterest = () -> log.add("told");
        event.interest(Interest.NONE).interest(Interest.READ).interest(Interest.READ);
        assertEquals(List.of("told"), log);
        test.turn();
        assertEquals(List.of("told", "ready READ"), log);
    }

    @Test
    void aDatagramChannelCanBeWatched() throws IOException {
        DatagramChannel channel = test.closing(DatagramChannel.open().bind(TestLoop.anyPort()));
        channel.configureBlocking(false);
        test.loop.watch(channel, Interest.READ, note("ready")).once();
        channel.send(ByteBuffer.allocate(1), channel.getLocalAddress());
        test.turnUntil("it comes", () -> log.equals(List.of("ready READ")));
    }

    @Test
    void aUnixDomainSocketAndItsListenerCanBeWatched(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        ServerSocketChannel listener = test.closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(address).configureBlocking(false);
        test.loop.watch(listener, Interest.READ, note("listener")).once();
        SocketChannel channel = test.closing(SocketChannel.open(address));
        channel.configureBlocking(false);
        test.turnUntil("it can accept", () -> log.equals(List.of("listener READ")));
        test.loop.watch(channel, Interest.WRITE, note("channel")).once();
        test.turnUntil("it can write", () -> log.equals(List.of("listener READ", "channel WRITE")));
    }

    @Test
    void case8_aChannelClosedWhileWatchedCausesNoCallbackNoSpinAndNoException() throws IOException {
        Pipe pipe = test.readablePipe();
        Watch event = test.loop.watch(pipe.source(), Interest.READ, note("called"));
        pipe.source().close();
        test.settle();
        assertEquals(List.of(), log);
        event.close();
        test.settle();
        assertEquals(1, test.inside.sources().size(), "only the loop's own pipe is left");
    }

    @Test
    void case9_aDescriptorNumberUsedAgainBelongsToTheNewEvent() throws IOException {
        for (int i = 0; i < 50; i++) {
            Pipe old = test.readablePipe();
            Watch event = test.loop.watch(old.source(), Interest.READ, note("old"));
            event.close();
            old.source().close();
            Pipe young = test.readablePipe();
            Watch next = test.loop.watch(young.source(), Interest.READ, note("young"));
            test.turn();
            next.close();
        }
        assertEquals(List.of("young READ"), log.stream().distinct().toList());
        assertEquals(50, log.size());
    }

    @Test
    void case12_aBlockingChannelIsRefusedWithTheReason() throws IOException {
        assertRefusesBlocking();
    }

    @Test
    void case12_aClosedChannelIsRefusedWithTheReason() throws IOException {
        assertRefusesClosed();
    }

    @Test
    void case12_theSameIsRefusedWhileThereIsNoBackend() throws IOException {
        test.loop.moveTo(NoBackend.INSTANCE);
        assertRefusesBlocking();
        assertRefusesClosed();
        Pipe pipe = test.pipe();
        Watch first = test.loop.watch(pipe.source(), Interest.READ, note("first"));
        assertThrows(IllegalStateException.class, () -> test.loop.watch(pipe.source(), Interest.READ, note("second")));
        first.close();
        test.loop.watch(pipe.source(), Interest.READ, note("third")).close();
    }

    private void assertRefusesBlocking() throws IOException {
        Pipe pipe = test.pipe();
        pipe.source().configureBlocking(true);
        assertRefused(pipe.source(), "blocking");
    }

    private void assertRefusesClosed() throws IOException {
        Pipe pipe = test.pipe();
        pipe.source().close();
        assertRefused(pipe.source(), "closed");
    }

    private void assertRefused(SelectableChannel channel, String reason) {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> test.loop.watch(channel, Interest.READ, note("never")));
        assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
        assertEquals(1, test.inside.sources().size(), "nothing is registered");
    }

    @Test
    void case13_theCountOfWhatIsRegisteredIsExact() throws IOException {
        assertEquals(1, test.inside.sources().size(), "the loop's own pipe");
        List<Watch> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(test.loop.watch(test.pipe().source(), Interest.READ, note("never")));
        }
        assertEquals(101, test.inside.sources().size());
        for (int i = 0; i < 100; i += 2) {
            events.get(i).close();
            events.get(i).close();
        }
        assertEquals(51, test.inside.sources().size());
        events.forEach(Watch::close);
        assertEquals(1, test.inside.sources().size());
    }

    @Test
    void aFailingHandlerClosesItsEventAlone() throws IOException {
        try (CapturedLog captured = new CapturedLog()) {
            for (Throwable fault : List.of(new IOException("checked"), new StackOverflowError("made"))) {
                Watch broken = test.loop.watch(test.readablePipe().source(), Interest.READ, (_, _) -> {
                    sneak(fault);
                });
                test.turn();
                assertTrue(broken.isClosed());
                captured.says(String.valueOf(fault.getMessage()));
            }
            test.loop.watch(test.readablePipe().source(), Interest.READ, note("other"));
            test.turn();
            assertEquals(List.of("other READ"), log);
        }
    }

    private static void sneak(Throwable fault) throws IOException {
        switch (fault) {
            case IOException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(fault);
        }
    }

    @Test
    void aWatchKnowsItsChannelAndItsStorage() throws IOException {
        Pipe pipe = test.readablePipe();
        Watch event = test.loop.watch(pipe.source(), Interest.READ, (watch, _) -> {
            watch.storage().append(ByteBuffer.allocate(3));
            watch.close();
        });
        assertSame(pipe.source(), event.channel());
        test.turn();
        assertEquals(3, event.storage().size(), "the storage outlives the event");
        assertThrows(IllegalStateException.class, () -> event.interest(Interest.WRITE));
        assertThrows(IllegalStateException.class, () -> event.idleTimeout(SECOND, _ -> {}));
        assertFalse(test.inside.sources().size() > 1);
    }
}
