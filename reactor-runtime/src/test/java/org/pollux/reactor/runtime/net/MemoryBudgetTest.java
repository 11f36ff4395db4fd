package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionShedException;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.RunningLoop;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.loop.Buffers;
import org.pollux.reactor.runtime.loop.LoopMemory;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.SendBuffer;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What connections hold is counted exactly, and when it is too much the slowest and largest are shed. */
class MemoryBudgetTest {

    private static final long LIMIT = 8L * Bytes.MB;

    private final MemoryBudget budget = new MemoryBudget(LIMIT, new SendBuffer(64 * 1024));
    private final CapturedLog log = new CapturedLog();
    private final TestLoop test;
    private final List<Recorder> recorders = new ArrayList<>();

    MemoryBudgetTest() throws IOException {
        test = new TestLoop(budget);
    }

    @AfterEach
    void close() {
        test.close();
        log.close();
        assertEquals(0, budget.used(), "when the loop is closed, nothing is held");
    }

    private Peer accept(Recorder recorder) {
        recorders.add(recorder);
        Peer peer = test.accept(recorder);
        test.settle();
        return peer;
    }

    private Peer accept() {
        return accept(new Recorder());
    }

    private Connection connection(int index) {
        return recorders.get(index).connection();
    }

    /** Writes until so much waits. */
    private void hold(int index, int bytes) {
        fill(test, recorders.get(index), bytes);
    }

    private boolean isShed(int index) {
        test.settle();
        return recorders.get(index).cause().orElse(null) instanceof ConnectionShedException;
    }

    // ---- counting

    enum End {
        CLOSE,
        ABORT,
        RESET,
        FAULT,
        SHUTDOWN,
        SWAP_AND_CLOSE,
        ALL_IS_TAKEN
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsGivenBackWhateverTheEnd(End end) throws IOException {
        Peer peer = accept(new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (in.remaining() == 5) {
                    throw new IllegalStateException("made to fail");
                }
            }

            @Override
            protected void shutdown(Connection c) {
                c.abort();
            }
        });
        assertEquals(LoopMemory.CONNECTION, budget.used());
        hold(0, Bytes.MB);
        peer.send("unread");
        test.settle();
        connection(0).charge(1_000);
        long pending = connection(0).pending();
        long held = budget.used() - LoopMemory.CONNECTION - "unread".length() - 1_000;
        assertTrue(held >= pending && held < pending + 2 * Buffers.CHUNK, held + " are held for " + pending);
        switch (end) {
            case CLOSE -> {
                connection(0).close();
                takeAll(peer);
            }
            case ABORT -> connection(0).abort();
            case RESET -> peer.reset();
            case FAULT -> {
                test.onLoop(() -> ((StreamConnection) connection(0)).fail(new IllegalStateException("made to fail")));
            }
            case SHUTDOWN -> test.onLoop(() -> ((StreamConnection) connection(0)).shutdown());
            case SWAP_AND_CLOSE -> {
                test.moveTo(new NioBackend());
                long kept = connection(0).pending(); // the system may have taken more meanwhile
                assertTrue(kept > 0 && budget.used() >= LoopMemory.CONNECTION + kept, budget.used() + " of " + kept);
                connection(0).close();
                takeAll(peer);
            }
            case ALL_IS_TAKEN -> {
                takeAll(peer);
                assertEquals(LoopMemory.CONNECTION + "unread".length() + 1_000, budget.used());
                connection(0).charge(-1_000);
                peer.close();
                connection(0).abort();
            }
        }
        test.turnUntil("it has ended", () -> recorders.getFirst().isClosed());
        assertEquals(0, budget.used());
        connection(0).charge(500);
        assertEquals(0, budget.used(), "nothing is counted for a connection that has ended");
    }

    @Test
    void connectionsThatNeverHeldAnythingGetNoAccountOfTheirOwnAtTheirEnd() {
        accept().close();
        accept().close();
        test.turnUntil("both have ended", () -> recorders.stream().allMatch(Recorder::isClosed));
        Holding first = ((Stream) connection(0)).holding();
        assertSame(first, ((Stream) connection(1)).holding());
        first.charge(500);
        first.addInbound(500);
        first.addOutbound(500);
        assertEquals(0, first.held());
        assertEquals(0, budget.used());
    }

    private void takeAll(Peer peer) {
        test.turnUntil("all is taken", () -> {
            peer.receiveSome();
            return connection(0).pending() == 0;
        });
        peer.close();
    }

    @Test
    void whatIsWrittenByAnotherThreadCountsBeforeTheLoopHasSeenIt() {
        accept();
        connection(0).write(ByteBuffer.allocate(10_000));
        assertEquals(LoopMemory.CONNECTION + 10_000 + StreamOutput.POSTED_COST, budget.used());
        test.settle();
        assertEquals(LoopMemory.CONNECTION, budget.used());
    }

    @Test
    void whatTheSystemTakesAtOnceIsNotCounted() {
        Peer peer = accept(new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                c.write(in);
                assertEquals(LoopMemory.CONNECTION, budget.used());
            }
        });
        peer.send("hello").receives("hello");
        assertEquals(LoopMemory.CONNECTION, budget.used());
    }

    // ---- shedding

    @Test
    void theSlowestIsShedAndAFastOneThatHoldsMoreIsNot() {
        accept();
        Peer fast = accept();
        Peer other = accept();
        hold(0, 3 * Bytes.MB);
        test.pass(Duration.ofSeconds(5));
        hold(1, 3 * Bytes.MB);
        fast.receiveSome();
        test.settle();
        hold(2, 3 * Bytes.MB);
        assertTrue(isShed(0));
        assertFalse(isShed(1));
        assertFalse(isShed(2));
        assertTrue(recorders.getFirst().causeMessage().contains("memory of pollux.runtime"));
        assertEquals(1, budget.status().slowReaders());
        assertEquals(0, budget.status().slowSenders());
        assertTrue(budget.used() <= budget.limit());
        assertTrue(other.isConnected());
    }

    @Test
    void ofTwoThatTakeNothingTheLargerIsShed() {
        accept();
        accept();
        accept();
        hold(0, Bytes.MB);
        hold(1, 4 * Bytes.MB);
        test.pass(Duration.ofSeconds(5));
        hold(2, 4 * Bytes.MB);
        assertTrue(isShed(1));
        assertFalse(isShed(0));
        assertFalse(isShed(2));
    }

    @Test
    void whoeverWritesBeyondTheReserveIsShedItselfWhenNobodyIsSlower() {
        accept();
        hold(0, 2 * (int) LIMIT);
        assertTrue(isShed(0));
        assertTrue(budget.status().most() < LIMIT + LIMIT / 2, budget.status().toString());
        assertEquals(0, budget.used());
    }

    @Test
    void aHandlerThatKeepsTooMuchOfWhatWasSentIsShedAsASlowSender() {
        accept();
        accept();
        connection(0).charge(4L * Bytes.MB);
        test.onLoop(() -> ((StreamConnection) connection(0)).holding()); // its age begins
        test.pass(Duration.ofSeconds(5));
        connection(1).charge(5L * Bytes.MB);
        test.settle();
        assertTrue(recorders.stream()
                .anyMatch(recorder -> recorder.cause().orElse(null) instanceof ConnectionShedException));
        assertEquals(1, budget.status().slowSenders());
        assertTrue(budget.used() <= LIMIT);
    }

    @Test
    void aWriteOfAnotherThreadIsRefusedBeyondTheReserve() {
        accept();
        accept();
        connection(0).charge(2 * LIMIT);
        assertTrue(budget.isExhausted());
        ByteBuffer data = ByteBuffer.allocate(100);
        assertFalse(connection(1).write(data));
        assertFalse(data.hasRemaining());
        test.settle();
        assertInstanceOf(ConnectionShedException.class, recorders.get(1).cause().orElseThrow());
        assertTrue(isShed(0));
        assertFalse(budget.isExhausted());
    }

    @Test
    void nothingIsRefusedForMemoryThatWasGivenBackAMomentAgo() {
        Peer peer = accept();
        add(test.inside.memory(), 2 * LIMIT);
        assertTrue(budget.isExhausted());
        test.onLoop(() -> test.inside.memory().add(-2 * LIMIT)); // and the sums are not looked at
        assertTrue(connection(0).write(Bytes.of("taken")));
        peer.receives("taken");
    }

    /** A task of the loop comes before that which sheds: it must not send the FIN, or the peer takes a part for the whole. */
    @Test
    void aStreamWithAGapEndsWithAResetAndNeverInGoodOrder() {
        for (boolean closes : new boolean[] {false, true}) {
            Recorder recorder = new Recorder();
            Peer peer = accept(recorder);
            long held = 2 * LIMIT;
            test.inside.memory().addForeign(held);
            test.onLoop(() -> {}); // the loop has looked
            test.loop.execute(() -> {
                if (closes) {
                    recorder.connection().closeWithoutLinger();
                } else {
                    recorder.connection().pauseReading();
                }
            });
            assertFalse(recorder.connection().write(ByteBuffer.allocate(100)));
            peer.receivesReset();
            test.settle();
            assertInstanceOf(ConnectionShedException.class, recorder.cause().orElseThrow());
            test.inside.memory().addForeign(-held);
            test.settle();
        }
    }

    @Test
    void aLoopIsAskedForItsPartWhenAnotherOneHasFilledTheBudget() throws Exception {
        try (RunningLoop running = new RunningLoop(budget)) {
            accept();
            hold(0, 5 * Bytes.MB);
            test.pass(Duration.ofSeconds(5));
            running.call(() -> {
                running.inside.memory().add(4L * Bytes.MB);
                running.inside.memory().settle();
                return true;
            });
            assertTrue(isShed(0));
            running.call(() -> {
                running.inside.memory().add(-4L * Bytes.MB);
                return true;
            });
        }
    }

    @Test
    void administrationIsNeitherShedNorRefusedForWhatOthersHold() throws Exception {
        MemoryBudget reserve = MemoryBudget.reserve(LIMIT, budget.kernel());
        Recorder shell = new Recorder();
        try (TestLoop admin = new TestLoop(reserve)) {
            Peer operator = admin.accept(shell);
            admin.settle();
            fill(admin, shell, (int) reserve.limit() / 2);
            admin.pass(Duration.ofSeconds(5));
            accept();
            accept();
            connection(0).charge(2 * LIMIT);
            assertTrue(budget.isExhausted());
            admin.settle();
            long pending = shell.connection().pending();
            shell.connection().write(ByteBuffer.allocate(100)); // this is another thread than the loop's
            admin.settle();
            assertEquals(pending + 100, shell.connection().pending());
            assertTrue(shell.connection().isOpen(), "it is as slow as can be, and not shed");
            assertTrue(isShed(0), "the others shed their own");
            operator.close();
        }
        assertEquals(0, reserve.used());
    }

    @Test
    void administrationThatHoldsTooMuchIsShedByItselfAndToldByItsName() throws Exception {
        MemoryBudget reserve = MemoryBudget.reserve(LIMIT, budget.kernel());
        Recorder shell = new Recorder();
        try (TestLoop admin = new TestLoop(reserve)) {
            Peer _ = admin.accept(shell);
            admin.settle();
            fill(admin, shell, 2 * (int) reserve.limit());
            admin.settle();
            assertInstanceOf(ConnectionShedException.class, shell.cause().orElseThrow());
            assertTrue(shell.causeMessage().contains("connections of administration"), shell.causeMessage());
            assertEquals(
                    "memory of administration (slow readers shed)",
                    reserve.limits().getLast().limit());
            log.says("memory of administration");
            assertFalse(budget.isFull());
        }
    }

    private static void fill(TestLoop loop, Recorder recorder, int bytes) {
        loop.onLoop(() -> {
            Connection connection = recorder.connection();
            while (connection.isOpen() && connection.pending() < bytes) {
                connection.write(ByteBuffer.allocate(32 * 1024));
            }
        });
    }

    // ---- full and not full

    @Test
    void itIsFullAtTheLimitUntilAnEighthIsFree() {
        LoopMemory memory = test.inside.memory();
        List<Boolean> heard = new ArrayList<>();
        budget.onChange(() -> heard.add(budget.isFull()));
        add(memory, LIMIT - 1);
        assertFalse(budget.isFull());
        add(memory, 100_001);
        assertTrue(budget.isFull());
        add(memory, -LIMIT / 16);
        assertTrue(budget.isFull(), "not yet");
        add(memory, -LIMIT / 8);
        assertFalse(budget.isFull());
        assertEquals(List.of(true, false), heard);
        assertEquals(1, budget.limits().getFirst().times());
        assertTrue(budget.status().most() >= LIMIT);
        add(memory, -memory.used());
    }

    private void add(LoopMemory memory, long bytes) {
        test.onLoop(() -> {
            memory.add(bytes);
            memory.settle();
        });
    }

    @Test
    void connectionsAloneMakeItFullBeforeThereIsNoRoomForWhatTheySend() {
        LoopMemory memory = test.inside.memory();
        int most = (int) (LIMIT * 3 / 4 / LoopMemory.CONNECTION) + 100;
        test.onLoop(() -> {
            for (int i = 0; i < most; i++) {
                memory.connectionOpened();
                memory.settle();
            }
        });
        assertTrue(budget.isFull());
        assertTrue(budget.used() < LIMIT);
        assertTrue(budget.why().contains("new ones wait"));
        test.onLoop(() -> {
            for (int i = 0; i < most; i++) {
                memory.connectionClosed();
                memory.settle();
            }
        });
        assertFalse(budget.isFull());
    }

    @Test
    void aBurstIsToldOnceAndItsEnd() {
        for (int i = 0; i < 5; i++) {
            add(test.inside.memory(), LIMIT);
            add(test.inside.memory(), -LIMIT);
            test.pass(Duration.ofSeconds(1));
            test.settle();
        }
        assertEquals(1, log.lines());
        log.says("is used up");
        for (int i = 0; i < 20; i++) {
            test.pass(Duration.ofSeconds(1));
            test.settle();
        }
        assertEquals(2, log.lines());
        log.says("there is room again");
    }

    @Test
    void chunksAreUsedAgainByOtherLoops() throws Exception {
        accept();
        hold(0, 4 * Bytes.MB);
        connection(0).abort();
        test.settle();
        try (TestLoop second = new TestLoop(budget)) {
            ByteBuffer chunk = second.inside.buffers().takeChunk();
            assertEquals(Buffers.CHUNK, chunk.capacity());
            assertEquals(0, chunk.limit());
            assertTrue(budget.takeChunk() != null, "there are more of them");
        }
    }
}
