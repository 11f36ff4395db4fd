package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Event;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.tck.loop.Bytes;
import org.pollux.reactor.tck.loop.Peer;
import org.pollux.reactor.tck.loop.Recorder;

/** What a swap keeps, when it may be asked for, and what happens when it fails. */
class SwapRulesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ProbeBackend probe = new ProbeBackend();
    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final List<String> log = new ArrayList<>();

    SwapRulesTest() throws IOException {
        test = new TestLoop(probe);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private int swap() {
        try {
            return test.loop.moveTo(new NioBackend());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertServes(Peer peer) {
        int before = recorder.size();
        peer.send("hello");
        test.turnUntil("it is served", () -> recorder.size() == before + 5);
    }

    @Test
    void case48_theInterestOfEverySourceIsWhatItWas() throws IOException {
        try (Listener listener = test.listen(connection -> new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(ByteBuffer.allocate(1));
            }
        })) {
            List<SocketChannel> channels = new ArrayList<>();
            for (Interest interest : Interest.values()) {
                SocketChannel channel = SocketChannel.open(listener.local());
                channels.add(channel);
                channel.configureBlocking(false);
                test.settle();
                test.loop.watch(channel, interest, event -> log.add(interest + " is " + event.ready()));
            }
            log.clear();
            assertEquals(1 + 4 + 4, swap(), "the listener, its connections and the watched channels");
            test.turn();
            log.sort(null);
            assertEquals(List.of("READ is READ", "READ_WRITE is READ_WRITE", "WRITE is WRITE"), log);
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    @Test
    void case48_aChangeOfInterestBeforeOrAfterTheSwapHolds() throws IOException {
        Event event = test.loop.watch(test.readablePipe().source(), Interest.NONE, e -> log.add("ready"));
        event.interest(Interest.READ).interest(Interest.NONE);
        swap();
        test.turn();
        assertEquals(List.of(), log);
        event.interest(Interest.READ);
        test.turn();
        assertEquals(List.of("ready"), log);
        event.interest(Interest.NONE);
        test.turn();
        assertEquals(List.of("ready"), log);
    }

    @Test
    void case48_aOneShotEventIsNotReportedTwice() throws IOException {
        test.loop
                .watch(test.readablePipe().source(), Interest.READ, event -> log.add("once"))
                .once();
        test.turn();
        swap();
        test.settle();
        assertEquals(List.of("once"), log);
        test.loop
                .watch(test.readablePipe().source(), Interest.READ, event -> log.add("later"))
                .once();
        swap();
        test.settle();
        assertEquals(List.of("once", "later"), log);
    }

    @Test
    void case48_timersKeepTheirDeadlinesAndTasksTheirOrder() throws IOException {
        test.loop.after(SECOND, event -> log.add("after"));
        test.loop.every(SECOND, event -> log.add("every"));
        test.loop
                .watch(test.pipe().source(), Interest.READ, event -> log.add("timeout"))
                .timeout(SECOND);
        test.loop.execute(() -> log.add("one"));
        test.loop.execute(this::swap);
        test.loop.execute(() -> log.add("two"));
        test.pass(SECOND.minusNanos(1));
        assertEquals(List.of("one", "two"), log);
        swap();
        test.pass(Duration.ofNanos(1));
        assertEquals(List.of("one", "two", "after", "every", "timeout"), log);
    }

    @Test
    void case49_whenTheNextBackendCannotOpenAPollerEverythingStaysOnTheOldOne() {
        Peer peer = test.accept(recorder);
        ProbeBackend broken = new ProbeBackend();
        broken.onOpen = () -> {
            throw new IOException("no library");
        };
        IOException reason = assertThrows(IOException.class, () -> test.loop.moveTo(broken));
        assertEquals("no library", reason.getMessage());
        assertEquals("probe", test.loop.backend());
        assertEquals(0, probe.closes);
        assertServes(peer);
    }

    @Test
    void case49_whenTheNextPollerRefusesAnyOfTheSourcesEverythingStaysOnTheOldOne() throws IOException {
        Peer peer = test.accept(recorder);
        for (int i = 0; i < 5; i++) {
            test.loop.watch(test.readablePipe().source(), Interest.READ, event -> log.add("ready"));
        }
        for (int which = 1; which <= test.loop.sources().size(); which++) {
            ProbeBackend broken = new ProbeBackend();
            int last = which;
            broken.onAdd = () -> {
                if (broken.adds == last && last % 2 == 0) {
                    throw new IOException("no memory");
                } else if (broken.adds == last) {
                    throw new IllegalArgumentException("no such channels here");
                }
            };
            assertThrows(Exception.class, () -> test.loop.moveTo(broken));
            assertEquals(1, broken.closes, "the half-filled poller is given back");
            assertEquals(0, probe.closes);
            log.clear();
            test.turn();
            assertEquals(5, log.size(), "all are on the old one");
            assertServes(peer);
        }
        assertEquals(6, swap(), "and can go elsewhere");
        log.clear();
        test.turn();
        assertEquals(5, log.size());
        assertServes(peer);
    }

    @Test
    void case50_aSwapInsideACallbackOfAChannelIsRefusedWithTheRemedyAndAPostedOneIsMade() throws IOException {
        Pipe pipe = test.readablePipe();
        test.loop
                .watch(pipe.source(), Interest.READ, event -> {
                    var refusal = assertThrows(IllegalStateException.class, () -> test.loop.moveTo(new NioBackend()));
                    log.add(String.valueOf(refusal.getMessage()));
                    test.loop.execute(this::swap);
                })
                .once();
        test.turn();
        assertTrue(log.getFirst().contains("post a task"), log.toString());
        assertEquals("probe", test.loop.backend());
        test.turn();
        assertEquals("nio", test.loop.backend());
    }

    @Test
    void case50_aSwapInsideTheCallbacksOfAConnectionIsMadeByATask() {
        Recorder swapping = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in);
                c.write(Bytes.of("before "));
                test.loop.execute(SwapRulesTest.this::swap);
                c.write(Bytes.of("after"));
            }

            @Override
            protected void closed(Connection c) {
                swap(); // between two turns, and allowed
            }
        };
        Peer peer = test.accept(swapping);
        peer.send("go");
        peer.receives("before after");
        test.turnUntil("it moves", () -> test.loop.backend().equals("nio"));
        peer.reset();
        test.turnUntil("it ends", swapping::isClosed);
        assertEquals(List.of("open", "data", "closed"), swapping.log());
    }

    @Test
    void case50_aSwapInsideATimerAndTwoInARowAreMade() {
        Peer peer = test.accept(recorder);
        test.loop.after(Duration.ZERO, event -> {
            swap();
            swap();
        });
        test.turn();
        assertEquals("nio", test.loop.backend());
        assertServes(peer);
    }

    @Test
    void case50_aSwapFromAnotherThreadIsRefusedWhileTheLoopRuns() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            assertThrows(IllegalStateException.class, () -> running.loop.moveTo(new NioBackend()));
            assertEquals(0, running.call(() -> running.loop.moveTo(new NioBackend())));
        }
    }

    @Test
    void aChannelThatWasClosedBehindTheLoopsBackIsDroppedByASwap() throws IOException {
        Pipe pipe = test.pipe();
        Event event = test.loop.watch(pipe.source(), Interest.READ, e -> log.add("never"));
        Peer peer = test.accept(recorder);
        ((StreamConnection) recorder.connection()).channel().close();
        pipe.source().close();
        assertEquals(0, swap());
        test.settle();
        assertTrue(event.isClosed());
        assertEquals(List.of("open", "closed"), recorder.log());
        assertEquals(List.of(), log);
        assertEquals(1, test.loop.sources().size());
        peer.close();
    }

    @Test
    void whileThereIsNoBackendTheLoopLivesOnAndTheKernelHoldsWhatComes() throws IOException {
        try (Listener listener = test.listen(connection -> recorder)) {
            test.loop.moveTo(NoBackend.INSTANCE);
            assertEquals("none", test.loop.backend());
            Peer peer = test.dial(listener.local());
            peer.sendSome(Bytes.of("held"));
            test.loop.after(SECOND, event -> log.add("timer"));
            test.loop.execute(() -> log.add("task"));
            test.pass(SECOND);
            assertEquals(List.of("task", "timer"), log);
            assertEquals(List.of(), recorder.log());
            swap();
            test.turnUntil("what was held comes", () -> recorder.text().equals("held"));
            assertTrue(peer.isConnected());
        }
    }

    @Test
    void aLoopWithoutABackendMayWriteStopAndClose() throws IOException {
        Peer peer = test.accept(recorder);
        test.loop.moveTo(NoBackend.INSTANCE);
        test.loop.execute(() -> {
            recorder.connection().write(Bytes.of("goodbye"));
            test.loop.stop();
        });
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertFalse(recorder.isClosed());
        test.loop.close();
        assertEquals(List.of("open", "closed"), recorder.log());
        peer.receivesReset();
    }
}
