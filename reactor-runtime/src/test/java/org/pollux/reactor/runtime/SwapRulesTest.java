package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Listener;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What {@link SwapContractTest} cannot ask by a reactor's own interface: threads, closed channels, no backend. */
class SwapRulesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final List<String> log = new ArrayList<>();

    SwapRulesTest() throws IOException {
        test = new TestLoop();
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

    @Test
    void case50_aSwapFromAnotherThreadIsRefusedWhileTheLoopRuns() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            assertThrows(IllegalStateException.class, () -> running.loop.moveTo(new NioBackend()));
            assertEquals(0, running.call(() -> running.loop.moveTo(new NioBackend())));
        }
    }

    @Test
    void aConnectionWhoseChannelWasClosedBehindTheLoopsBackIsDroppedByASwap() throws IOException {
        Peer peer = test.accept(recorder);
        ((StreamConnection) recorder.connection()).channel().close();
        assertEquals(0, swap());
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertEquals(1, test.inside.sources().size());
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
