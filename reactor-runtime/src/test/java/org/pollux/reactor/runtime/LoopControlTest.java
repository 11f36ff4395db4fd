package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Running, stopping, and running again. */
class LoopControlTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestLoop test;
    private final List<String> log = new ArrayList<>();

    LoopControlTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Runnable noteAndStop(String name) {
        return () -> {
            log.add(name);
            test.loop.stop();
        };
    }

    @Test
    void case24_aRunWithNothingRegisteredReturnsEmpty() {
        assertEquals(RunResult.EMPTY, test.loop.run());
    }

    @Test
    void case24_aRunGoesOnWhileSomethingIsRegisteredAndReturnsEmptyAfterwards() {
        test.loop.after(Duration.ZERO, event -> test.loop.execute(() -> log.add("task of a timer")));
        assertEquals(RunResult.EMPTY, test.loop.run());
        assertEquals(List.of("task of a timer"), log);
    }

    @Test
    void case24_aStopBeforeTheRunEndsItAtOnceAndIsUsedUp() {
        test.loop.execute(() -> log.add("task"));
        test.loop.stop();
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of(), log);
        assertEquals(RunResult.EMPTY, test.loop.run());
        assertEquals(List.of("task"), log);
    }

    @Test
    void case24_theReactorRunsAgainAfterAStop() {
        for (int i = 0; i < 3; i++) {
            test.loop.execute(noteAndStop("run " + i));
            assertEquals(RunResult.STOPPED, test.loop.run());
        }
        assertEquals(List.of("run 0", "run 1", "run 2"), log);
    }

    @Test
    void case24_theReactorRunsAgainAfterItWasEmpty() {
        for (int i = 0; i < 3; i++) {
            String name = "run " + i;
            test.loop.after(Duration.ZERO, event -> log.add(name));
            assertEquals(RunResult.EMPTY, test.loop.run());
        }
        assertEquals(List.of("run 0", "run 1", "run 2"), log);
    }

    @Test
    void case24_severalReactorsOfOneProcessRunAndEndOnTheirOwn() throws Exception {
        try (TestLoop other = new TestLoop()) {
            test.loop.watch(test.pipe().source(), Interest.READ, (_, _) -> {});
            other.loop.watch(other.pipe().source(), Interest.READ, (_, _) -> {});
            var run = RunningLoop.run(test.loop);
            var otherRun = RunningLoop.run(other.loop);
            CountDownLatch asked = new CountDownLatch(1);
            test.loop.execute(() -> other.loop.execute(() -> test.loop.execute(asked::countDown)));
            Await.latch("each has run a task for the other", asked);
            test.loop.stop();
            RunningLoop.assertEnds(RunResult.STOPPED, run);
            assertFalse(otherRun.isDone());
            other.loop.stop();
            RunningLoop.assertEnds(RunResult.STOPPED, otherRun);
        }
    }

    @Test
    void case24_aTurnUsesUpAStop() {
        test.loop.stop();
        test.turn();
        assertEquals(RunResult.EMPTY, test.loop.run());
    }

    @Test
    void case24_aStopFromAnotherThreadEndsARunThatWaits() throws Exception {
        try (Listener listener = test.listen(connection -> new Recorder())) {
            assertTrue(listener.local() instanceof InetSocketAddress);
            var run = RunningLoop.run(test.loop);
            test.loop.stop();
            RunningLoop.assertEnds(RunResult.STOPPED, run);
        }
    }

    @Test
    void case25_aStopEndsTheRunAfterTheCurrentTask() {
        test.loop.execute(noteAndStop("first"));
        test.loop.execute(noteAndStop("second"));
        test.loop.after(Duration.ZERO, event -> log.add("timer"));
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of("first"), log);
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of("first", "second"), log);
        assertEquals(RunResult.EMPTY, test.loop.run());
        assertEquals(List.of("first", "second", "timer"), log);
    }

    @Test
    void case25_aStopEndsTheRunAfterTheCurrentTimer() {
        test.loop.after(SECOND, event -> noteAndStop("first").run());
        test.loop.after(SECOND, event -> noteAndStop("second").run());
        test.clock().advance(SECOND);
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of("first"), log);
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of("first", "second"), log);
    }

    @Test
    void case25_aStopLeavesTheOtherEventsOfTheTurnToTheNextRun() throws IOException {
        for (int i = 0; i < 3; i++) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            assertEquals(1, pipe.sink().write(ByteBuffer.allocate(1)));
            test.loop
                    .watch(pipe.source(), Interest.READ, (watch, _) -> {
                        noteAndStop("event").run();
                        watch.channel().close();
                        pipe.sink().close();
                    })
                    .once();
        }
        for (int i = 1; i <= 3; i++) {
            assertEquals(RunResult.STOPPED, test.loop.run());
            assertEquals(i, log.size());
        }
        assertEquals(RunResult.EMPTY, test.loop.run());
    }

    @Test
    void case25_aStopWhenAConnectionIsAcceptedLeavesTheOthersInTheBacklog() {
        try (Listener listener = test.listen(connection -> new Recorder() {
                    @Override
                    protected void opened(Connection c) {
                        noteAndStop("accepted").run();
                    }
                });
                Peer one = test.dial(listener.local());
                Peer two = test.dial(listener.local())) {
            assertEquals(RunResult.STOPPED, test.loop.run());
            assertEquals(1, log.size());
            assertEquals(RunResult.STOPPED, test.loop.run());
            assertEquals(2, log.size());
            assertTrue(one.isConnected() && two.isConnected());
        }
    }

    @Test
    void case25_aStopWhenADatagramComesLeavesTheOthersToTheNextRun() throws IOException {
        try (DatagramPort port = test.loop.bind(
                        TestLoop.anyPort(),
                        (at, data, from) -> noteAndStop("datagram").run());
                DatagramChannel sender = DatagramChannel.open()) {
            for (int i = 0; i < 2; i++) {
                assertEquals(1, sender.send(ByteBuffer.allocate(1), port.local()));
            }
            assertEquals(RunResult.STOPPED, test.loop.run());
            assertEquals(1, log.size());
            assertEquals(RunResult.STOPPED, test.loop.run());
            assertEquals(2, log.size());
        }
    }

    @Test
    void case26_aRunInsideARunIsRefusedAndTheOuterGoesOn() {
        test.loop.execute(() -> {
            assertThrows(IllegalStateException.class, test.loop::run);
            assertThrows(IllegalStateException.class, test::turn);
            log.add("refused");
        });
        test.loop.execute(() -> log.add("goes on"));
        assertEquals(RunResult.EMPTY, test.loop.run());
        assertEquals(List.of("refused", "goes on"), log);
    }

    @Test
    void case26_aRunOnASecondThreadIsRefused() throws Exception {
        Handle keep = test.loop.after(Duration.ofDays(1), event -> log.add("never"));
        var run = RunningLoop.run(test.loop);
        assertThrows(IllegalStateException.class, test.loop::run);
        assertThrows(IllegalStateException.class, test::turn);
        assertThrows(IllegalStateException.class, keep::close);
        test.loop.stop();
        RunningLoop.assertEnds(RunResult.STOPPED, run);
    }

    @Test
    void aRunUntilStoppedGoesOnWhenNothingIsRegistered() throws Exception {
        Background run = new Background(test.loop::runUntilStopped);
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        Await.until("it runs", test.inside::isRunning);
        test.loop.execute(() -> ran.complete(test.loop.inLoop()));
        assertTrue(ran.get(40, TimeUnit.SECONDS));
        test.loop.stop();
        run.join();
        assertEquals(RunResult.EMPTY, test.loop.run());
    }

    @Test
    void aFailingTaskHarmsNobody() {
        try (CapturedLog captured = new CapturedLog()) {
            test.loop.execute(() -> {
                throw new StackOverflowError("made to fail");
            });
            test.loop.execute(() -> log.add("next"));
            test.turn();
            assertEquals(List.of("next"), log);
            captured.says("made to fail");
        }
    }

    @Test
    void whatIsNotFromAnyThreadIsRefusedFromOtherThreadsWhileTheLoopRuns() throws InterruptedException, IOException {
        try (RunningLoop running = new RunningLoop()) {
            running.call(() -> "it runs");
            SocketAddress address = TestLoop.anyPort();
            assertThrows(IllegalStateException.class, () -> running.loop.after(SECOND, event -> {}));
            assertThrows(IllegalStateException.class, () -> running.loop.every(SECOND, event -> {}));
            assertThrows(IllegalStateException.class, () -> running.loop.onSignal("URG", event -> {}));
            assertThrows(IllegalStateException.class, () -> running.loop.listen(address, c -> new Recorder()));
            assertThrows(IllegalStateException.class, () -> running.loop.connect(address, new Recorder()));
            assertThrows(IllegalStateException.class, () -> running.loop.bind(address, (at, data, from) -> {}));
            assertFalse(running.loop.inLoop());
            assertTrue(running.call(running.loop::inLoop));
            assertEquals("nio", running.loop.backend());
        }
    }
}
