package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.loop.Polling;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Pollers that fail: they are replaced, and nobody notices. */
class BrokenPollerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final ProbeBackend backend = new ProbeBackend();
    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final Peer peer;
    private final CapturedLog captured = new CapturedLog();

    BrokenPollerTest() throws IOException {
        test = new TestLoop(backend);
        peer = test.accept(recorder);
    }

    @AfterEach
    void close() {
        test.close();
        captured.close();
    }

    private void assertServes() {
        int before = recorder.size();
        peer.send("hello");
        test.turnUntil("the connection is served", () -> recorder.size() == before + 5);
        test.onLoop(() -> recorder.connection().write(Bytes.of("hello")));
        test.turnUntil("the peer is served", () -> peer.receiveSome().received().length == recorder.size());
    }

    private void failOnce(ProbeBackend.Break fault) {
        backend.onPoll = () -> {
            backend.onPoll = null;
            fault.happen();
        };
    }

    @Test
    void aSpinningPollerIsReplaced() {
        backend.spinning = true;
        Handle timer = test.loop.after(Duration.ofDays(1), event -> {});
        for (int i = 1; i < Polling.SPINS; i++) {
            test.loop.turn(SECOND);
        }
        assertEquals(1, backend.opens);
        test.loop.turn(SECOND);
        assertEquals(2, backend.opens);
        assertEquals(1, backend.closes);
        captured.says("too early and for nothing");
        backend.spinning = false;
        timer.close();
        assertServes();
    }

    @Test
    void turnsThatDoNotWaitAreNoSpin() {
        for (int i = 0; i < 3 * Polling.SPINS; i++) {
            test.turn();
        }
        assertEquals(1, backend.opens);
    }

    @Test
    void aPollThatReportsSomethingEndsTheCountOfSpins() {
        backend.spinning = true;
        for (int i = 1; i < Polling.SPINS; i++) {
            test.loop.turn(SECOND);
        }
        backend.spinning = false;
        assertServes();
        backend.spinning = true;
        for (int i = 1; i < Polling.SPINS; i++) {
            test.loop.turn(SECOND);
        }
        backend.spinning = false;
        assertEquals(1, backend.opens);
    }

    @Test
    void aPollerWhosePollThrowsIsReplaced() {
        failOnce(() -> {
            throw new IOException("made to fail");
        });
        test.turn();
        assertEquals(2, backend.opens);
        assertEquals(1, backend.closes);
        captured.says("made to fail");
        assertServes();
        failOnce(() -> {
            throw new IllegalStateException("made to fail otherwise");
        });
        test.turn();
        captured.says("made to fail otherwise");
        assertServes();
    }

    @Test
    void aPollerThatThrowsAnErrorIsReplaced() {
        failOnce(() -> {
            throw new NoClassDefFoundError("its bundle is gone");
        });
        test.turn();
        captured.says("its bundle is gone");
        assertServes();
    }

    @Test
    void aBackendWhosePollersFailAtOnceIsTriedOnceInASecondAndDoesNotSpin() {
        backend.onPoll = () -> {
            throw new IOException("made to fail");
        };
        for (int i = 0; i < 100; i++) {
            test.turn();
        }
        assertTrue(backend.opens <= 3, backend.opens + " pollers in no time");
        assertEquals("none", test.loop.backend());
        int before = backend.opens;
        test.pass(SECOND);
        assertEquals(before + 1, backend.opens);
        backend.onPoll = null;
        test.pass(SECOND);
        assertEquals("probe", test.loop.backend());
        assertServes();
    }

    @Test
    void whenNoOtherPollerCanBeOpenedTheLoopParksAndTriesAgainInASecond() {
        backend.onOpen = () -> {
            throw new IOException("no more descriptors");
        };
        failOnce(() -> {
            throw new IOException("made to fail");
        });
        test.turn();
        captured.says("no more descriptors");
        assertEquals("none", test.loop.backend());
        peer.send("waits");
        boolean[] ran = {false};
        test.onLoop(() -> ran[0] = true);
        assertTrue(ran[0], "tasks go on");
        test.pass(SECOND.minus(NANO));
        assertEquals(2, backend.opens);
        test.pass(NANO);
        assertEquals(3, backend.opens, "tried again, in vain");
        assertEquals("none", test.loop.backend());
        assertEquals(List.of("open"), recorder.log());
        backend.onOpen = null;
        test.pass(SECOND);
        assertEquals("probe", test.loop.backend());
        test.turnUntil("what waited comes", () -> recorder.text().equals("waits"));
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void whenTheOtherPollerRefusesASourceTheLoopParksAndTriesAgain() {
        backend.onAdd = () -> {
            throw new IOException("no more memory");
        };
        failOnce(() -> {
            throw new IOException("made to fail");
        });
        test.turn();
        assertEquals("none", test.loop.backend());
        backend.onAdd = null;
        test.pass(SECOND);
        assertEquals("probe", test.loop.backend());
        assertServes();
    }

    @Test
    void aLoopThatIsMovedWhileItWaitsForItsBackendDoesNotGoBack() throws IOException {
        backend.onOpen = () -> {
            throw new IOException("no more descriptors");
        };
        failOnce(() -> {
            throw new IOException("made to fail");
        });
        test.turn();
        backend.onOpen = null;
        test.loop.moveTo(NoBackend.INSTANCE); // its bundle has gone, by the operator's wish
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals("none", test.loop.backend());
    }

    @Test
    void aPollerThatCannotRemoveOrCloseHoldsNothingUp() throws IOException {
        backend.onRemove = () -> {
            throw new IllegalStateException("cannot remove");
        };
        backend.onClose = () -> {
            throw new IllegalStateException("cannot close");
        };
        test.onLoop(() -> recorder.connection().abort());
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        peer.receivesReset();
        test.accept(new Recorder());
        test.loop.watch(test.pipe().source(), Interest.READ, (_, _) -> {});
        test.loop.close();
        captured.says("cannot close");
    }

    @Test
    void aReadThatFailsUnexpectedlyCostsItsConnectionAlone() {
        backend.onRead = () -> {
            throw new OutOfMemoryError("made to fail");
        };
        peer.sendSome(Bytes.of("x"));
        test.turnUntil("it is told", recorder::isClosed);
        assertEquals("made to fail", recorder.causeMessage());
        backend.onRead = null;
        assertEquals(1, backend.opens, "the poller is not to blame");
    }

    @Test
    void anInterestThatCannotBeChangedCostsItsConnectionAlone() {
        backend.onInterest = () -> {
            throw new IOException("cannot change");
        };
        test.onLoop(() -> recorder.connection().pauseReading());
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertEquals("cannot change", recorder.causeMessage());
        assertEquals(1, backend.opens);
    }
}
