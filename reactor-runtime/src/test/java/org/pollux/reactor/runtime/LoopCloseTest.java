package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.Watch;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** The end of a reactor. */
class LoopCloseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final List<String> log = new ArrayList<>();

    LoopCloseTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void case27_closingAbortsEveryConnectionAndTellsEachOnce() {
        List<Recorder> recorders = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            recorders.add(new Recorder());
            peers.add(test.accept(recorders.getLast()));
        }
        test.loop.close();
        for (Recorder each : recorders) {
            assertEquals(List.of("open", "closed"), each.log());
            assertEquals(Optional.empty(), each.cause());
        }
        for (Peer peer : peers) {
            peer.receivesReset();
        }
        assertEquals(0, test.inside.counters().connections());
    }

    @Test
    void case27_closingEndsConnectsUnderWayListenersEventsTimersAndPorts() throws IOException {
        FullListener full = new FullListener();
        Recorder connecting = new Recorder();
        test.loop.connect(full.address(), connecting, ConnectOptions.DEFAULTS.withTimeout(Duration.ZERO));
        Listener listener = test.listen(connection -> recorder);
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        Watch watch = test.loop.watch(pipe.source(), Interest.READ, (_, _) -> log.add("event"));
        Handle timer = test.loop.after(SECOND, event -> log.add("timer"));
        Handle signal = test.loop.onSignal("URG", event -> log.add("signal"));
        DatagramPort port = test.loop.bind(TestLoop.anyPort(), new DatagramHandler() {
            @Override
            public void onDatagram(DatagramPort at, java.nio.ByteBuffer data, java.net.SocketAddress from) {}

            @Override
            public void onClosed(DatagramPort at, @Nullable Throwable cause) {
                log.add("port closed");
            }
        });

        test.loop.close();

        assertEquals(List.of("closed"), connecting.log());
        assertEquals(List.of("port closed"), log);
        assertTrue(watch.isClosed(), "the watch");
        assertTrue(pipe.source().isOpen(), "the channel stays its owner's");
        assertTrue(timer.isClosed(), "the timer");
        assertTrue(signal.isClosed(), "the signal");
        for (Closing each : List.<Closing>of(listener::close, watch::close, timer::close, signal::close, port::close)) {
            each.close(); // harmless
        }
        try (ServerSocketChannel again = ServerSocketChannel.open()) {
            again.bind(listener.local());
        }
        pipe.source().close();
        pipe.sink().close();
        full.close();
    }

    private interface Closing {
        void close();
    }

    @Test
    void case27_aClosedReactorRefusesEverythingWithTheReason() {
        test.loop.close();
        InetSocketAddress address = TestLoop.anyPort();
        Protocol protocol = connection -> recorder;
        assertThrows(RejectedExecutionException.class, () -> test.loop.execute(() -> log.add("task")));
        List<org.junit.jupiter.api.function.Executable> calls = List.of(
                test.loop::run,
                test::turn,
                () -> test.loop.after(SECOND, event -> {}),
                () -> test.loop.every(SECOND, event -> {}),
                () -> test.loop.onSignal("URG", event -> {}),
                () -> test.loop.listen(address, protocol),
                () -> test.loop.connect(address, new Recorder()),
                () -> test.loop.bind(address, (at, data, from) -> {}),
                () -> test.loop.watch(Pipe.open().source(), Interest.READ, (_, _) -> {}));
        for (var call : calls) {
            var refusal = assertThrows(IllegalStateException.class, call);
            assertTrue(String.valueOf(refusal.getMessage()).contains("closed"), refusal.getMessage());
        }
        test.loop.stop();
        test.loop.close();
        assertEquals(List.of(), log);
    }

    @Test
    void case27_theTasksThatWereAcceptedRunBeforeTheEnd() {
        test.accept(recorder);
        test.loop.execute(() -> log.add("task"));
        test.loop.execute(() -> recorder.connection().close());
        test.loop.close();
        assertEquals(List.of("task"), log);
        assertEquals(List.of("open", "closed"), recorder.log());
    }

    @Test
    void case27_closingInsideACallbackTakesEffectWhenItHasReturned() {
        test.accept(recorder);
        test.loop.after(Duration.ZERO, event -> {
            test.loop.close();
            assertTrue(recorder.connection().isOpen(), "nothing is closed before the callback returns");
            log.add("returns");
        });
        test.loop.after(Duration.ZERO, event -> log.add("another timer"));
        assertEquals(RunResult.STOPPED, test.loop.run());
        assertEquals(List.of("returns"), log);
        assertEquals(List.of("open", "closed"), recorder.log());
        assertThrows(IllegalStateException.class, test.loop::run);
    }

    @Test
    void case27_closingInsideAConnectionsCallback() {
        Recorder closing = new Recorder() {
            @Override
            protected void data(Connection c, java.nio.ByteBuffer in) {
                test.loop.close();
                take(in);
            }
        };
        Peer peer = test.accept(closing);
        test.accept(recorder);
        peer.sendSome(java.nio.ByteBuffer.allocate(1));
        test.turn();
        assertEquals(List.of("open", "data", "closed"), closing.log());
        assertEquals(List.of("open", "closed"), recorder.log());
    }

    @Test
    void case27_closingFromAnotherThreadReturnsWhenAllIsDone() throws Exception {
        for (int round = 0; round < 20; round++) {
            RunningLoop running = new RunningLoop();
            Recorder told = new Recorder();
            Listener listener = running.call(() -> running.loop.listen(TestLoop.anyPort(), c -> told));
            Peer peer = test.dial(listener.local());
            Await.until("accepted", () -> running.inside.counters().connections() == 1);
            running.loop.close();
            assertEquals(List.of("open", "closed"), told.log());
            Await.end(running.thread);
            peer.close();
        }
    }

    @Test
    void case27_closingFromManyThreadsAndInsideACallbackAtOnceIsOneEnd() throws Exception {
        for (int round = 0; round < 100; round++) {
            RunningLoop running = new RunningLoop();
            List<Background> closers = new ArrayList<>();
            running.loop.execute(running.loop::close);
            for (int i = 0; i < 3; i++) {
                closers.add(new Background(running.loop::close));
            }
            for (Background closer : closers) {
                closer.join();
            }
            Await.end(running.thread);
        }
    }

    @Test
    void timersOfTheLastCallbacksDoNotExpireAndAreClosed() {
        List<Handle> timers = new ArrayList<>();
        Peer _ = test.accept(new ConnectionHandler() {
            @Override
            public void onData(Connection connection, ByteBuffer in) {}

            @Override
            public void onClosed(Connection connection, @Nullable Throwable cause) {
                timers.add(connection.reactor().after(Duration.ZERO, _ -> log.add("after")));
                timers.add(connection.reactor().every(SECOND, _ -> log.add("every")));
            }
        });
        test.close();
        assertEquals(2, timers.size(), "none was refused");
        assertTrue(timers.stream().allMatch(Handle::isClosed));
        assertEquals(List.of(), log);
        assertThrows(IllegalStateException.class, () -> test.loop.after(SECOND, _ -> {}));
    }

    @Test
    void case27_closingWhileNobodyRunsItRacesWithARun() throws Exception {
        for (int round = 0; round < 200; round++) {
            EventLoop loop = new EventLoop(new org.pollux.reactor.nio.NioBackend());
            loop.after(Duration.ofDays(1), event -> {});
            Background runner = new Background(() -> {
                try {
                    assertEquals(RunResult.STOPPED, loop.run());
                } catch (IllegalStateException closedBefore) {
                    assertEquals("The reactor is closed", closedBefore.getMessage());
                }
            });
            loop.close();
            runner.join();
        }
    }

    @Test
    void case27_closingAnInterruptedThreadsReactorKeepsTheInterrupt() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            running.call(() -> "it runs");
            Thread.currentThread().interrupt();
            running.loop.close();
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void case27_theHandlersLastCallMayUseTheClosedReactorWithoutHarm() {
        Recorder last = new Recorder() {
            @Override
            protected void closed(Connection c) {
                assertFalse(c.write(java.nio.ByteBuffer.allocate(1)));
                c.pauseReading();
                c.resumeReading();
                c.closeOutput();
                c.idleTimeout(SECOND);
                c.close();
                c.abort();
                assertFalse(c.isOpen());
                log().add("all harmless");
            }
        };
        test.accept(last);
        test.loop.close();
        assertEquals(List.of("open", "closed", "all harmless"), last.log());
        last.onClosed(last.connection(), null);
    }
}
