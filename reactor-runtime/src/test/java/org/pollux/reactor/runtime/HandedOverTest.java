package org.pollux.reactor.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.LoopMemory;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.tck.broken.RefusingBackend;
import org.pollux.reactor.tck.completion.CompletionBackend;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** What the runtime does with the bytes that a poller hands over (P23 to P29). */
class HandedOverTest {

    private final GivingBackend backend = new GivingBackend();
    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final Peer peer;

    HandedOverTest() throws IOException {
        test = new TestLoop(backend);
        peer = test.accept(recorder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static GivingBackend.Gift received(String text) {
        return (stream, to) -> to.received(stream, UTF_8.encode(text));
    }

    private static GivingBackend.Gift unsent(String text) {
        return (stream, to) -> to.unsent(stream, UTF_8.encode(text));
    }

    private static GivingBackend.Gift failed(String reason) {
        return (stream, to) -> to.failed(stream, new IOException(reason));
    }

    private static GivingBackend.Gift all(GivingBackend.Gift... gifts) {
        return (stream, to) -> {
            for (GivingBackend.Gift gift : gifts) {
                gift.give(stream, to);
            }
        };
    }

    private void swap(GivingBackend.Gift gift) throws IOException {
        backend.gift = gift;
        test.loop.moveTo(backend);
    }

    // ---- received

    @Test
    void whatWasReceivedIsPresentedThoughTheKernelHasNothing() throws IOException {
        swap(all(received("one "), received("two")));
        test.settle();
        assertEquals("one two", recorder.text());
        peer.send(" three");
        test.turnUntil("the kernel's bytes follow", () -> recorder.text().equals("one two three"));
        assertEquals(List.of("open", "data"), recorder.log());
    }

    @Test
    void whatWasReceivedComesBeforeWhatTheNextPollerReads() throws IOException {
        peer.sendSome(Bytes.of("behind"));
        swap(received("before "));
        test.turnUntil("all comes", () -> recorder.text().equals("before behind"));
    }

    @Test
    void moreThanTheLoopsBufferHoldsIsPresentedInOrder() throws IOException {
        byte[] data = Bytes.random(300_000);
        swap((stream, to) -> to.received(stream, ByteBuffer.wrap(data)));
        test.settle();
        assertArrayEquals(data, recorder.bytes());
    }

    @Test
    void aPausedReaderGetsItWhenItResumesAndNoSooner() throws IOException {
        test.onLoop(() -> recorder.connection().pauseReading());
        swap(received("held"));
        test.settle();
        swap(received(" and more"));
        test.settle();
        assertEquals("", recorder.text());
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals("held and more", recorder.text());
    }

    @Test
    void whatWasNotTakenBeforeTheNextSwapComesFirst() throws IOException {
        swap(received("one "));
        swap(received("two "));
        swap(received("three"));
        test.settle();
        assertEquals("one two three", recorder.text());
    }

    @Test
    void aLoopWithoutABackendPresentsIt() throws IOException {
        backend.gift = received("while parked");
        test.loop.moveTo(NoBackend.INSTANCE);
        test.settle();
        assertEquals("while parked", recorder.text());
    }

    @Test
    void theEndOfTheStreamComesBehindIt() throws IOException {
        peer.closeOutput();
        swap(received("last"));
        test.turnUntil("the end is told", () -> recorder.log().contains("inputClosed"));
        assertEquals("last", recorder.text());
        assertEquals(List.of("open", "data", "inputClosed", "closed"), afterSettling());
    }

    private List<String> afterSettling() {
        test.settle();
        return recorder.log();
    }

    /** The attempt, which the poller knows, leaves its place to the connection after the swap. */
    @Test
    void aConnectThatEndsAfterTheSwapGetsWhatCameBefore() throws IOException {
        Recorder dialled = new Recorder();
        try (var listener = test.listen(_ -> new Recorder())) {
            test.loop.connect(listener.local(), dialled);
            List<GivingBackend.Gift> gifts = new ArrayList<>(List.of((_, _) -> {}, received("early")));
            swap((stream, to) -> gifts.removeFirst().give(stream, to));
            test.turnUntil("it comes", () -> dialled.text().equals("early"));
            assertEquals(0, held());
        }
    }

    // ---- memory

    private long held() {
        return test.inside.memory().used() - (long) test.openConnections() * LoopMemory.CONNECTION;
    }

    @Test
    void itCountsAsMemoryUntilItIsRead() throws IOException {
        test.onLoop(() -> recorder.connection().pauseReading());
        swap((stream, to) -> to.received(stream, ByteBuffer.allocate(100_000)));
        assertEquals(100_000, held());
        swap((stream, to) -> to.received(stream, ByteBuffer.allocate(100_000)));
        assertEquals(200_000, held());
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals(200_000, recorder.size());
        assertEquals(0, held());
    }

    @Test
    void itCountsAsMemoryUntilItIsSent() throws IOException {
        int length = 12 * Bytes.MB;
        swap((stream, to) -> to.unsent(stream, ByteBuffer.allocate(length)));
        swap((stream, to) -> to.unsent(stream, ByteBuffer.allocate(1)));
        assertEquals(length + 1, held());
        test.turnUntil("all is sent", () -> peer.receiveSome().size() > length);
        test.settle();
        assertEquals(0, held());
    }

    @Test
    void itCountsNoLongerWhenTheConnectionHasEnded() throws IOException {
        test.onLoop(() -> recorder.connection().pauseReading());
        swap(all(received("unread"), (stream, to) -> to.unsent(stream, ByteBuffer.allocate(12 * Bytes.MB))));
        assertTrue(held() > 12 * Bytes.MB);
        test.onLoop(() -> recorder.connection().abort());
        test.settle();
        assertEquals(0, test.inside.memory().used());
    }

    // ---- failed

    @Test
    void aFailureEndsTheConnectionWithThatCauseBehindWhatCameBefore() throws IOException {
        swap(all(received("the last words"), failed("cut")));
        test.settle();
        assertEquals("the last words", recorder.text());
        assertEquals(List.of("open", "data", "closed"), recorder.log());
        assertEquals("cut", recorder.causeMessage());
    }

    @Test
    void aPausedReaderHearsOfAFailureWhenItResumes() throws IOException {
        test.onLoop(() -> recorder.connection().pauseReading());
        swap(failed("cut"));
        test.settle();
        assertEquals(List.of("open"), recorder.log());
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals("cut", recorder.causeMessage());
    }

    @Test
    void aPollerThatCannotHandOverCostsItsStreamsAndNothingElse() throws IOException {
        List<String> log = new ArrayList<>();
        test.loop.watch(test.readablePipe().source(), Interest.READ, (_, _) -> log.add("told"));
        swap((stream, to) -> {
            throw new IOException("the mechanism is gone");
        });
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertTrue(recorder.causeMessage().contains("could not hand over"), recorder.causeMessage());
        assertTrue(log.size() > 1, "the others go on");
        Recorder next = new Recorder();
        test.accept(next).send("works");
        test.turnUntil("new ones are served", () -> next.text().equals("works"));
    }

    // ---- unsent

    @Test
    void whatWasLeftUnsentGoesBeforeWhatIsWrittenNext() throws IOException {
        swap(all(unsent("one "), unsent("two ")));
        test.onLoop(() -> recorder.connection().write(Bytes.of("three")));
        peer.receives("one two three");
    }

    @Test
    void whatWasLeftUnsentGoesOutThoughNothingIsWritten() throws IOException {
        swap(unsent("alone"));
        peer.receives("alone");
        assertEquals(List.of("open"), afterSettling());
    }

    @Test
    void theEndGoesBehindWhatWasLeftUnsent() throws IOException {
        swap(unsent("the end follows"));
        test.onLoop(() -> recorder.connection().closeOutput());
        peer.receives("the end follows");
        peer.receivesEnd();
        assertEquals(List.of("open"), recorder.log());
    }

    /** More than the system takes at once, though nothing waits in the connection. */
    @Test
    void aConnectionThatDoesNotLingerEndsWhenItIsSent() throws IOException {
        byte[] data = Bytes.random(12 * Bytes.MB);
        swap((stream, to) -> to.unsent(stream, ByteBuffer.wrap(data)));
        test.onLoop(() -> recorder.connection().closeWithoutLinger());
        test.settle();
        assertEquals(List.of("open"), recorder.log());
        test.turnUntil("all is sent", () -> peer.receiveSome().size() >= data.length);
        assertArrayEquals(data, peer.received());
        peer.receivesEnd();
        assertEquals(List.of("open", "closed"), afterSettling());
    }

    @Test
    void aClosingConnectionWaitsForAPeerThatTakesItSlowly() throws IOException {
        byte[] data = Bytes.random(24 * Bytes.MB);
        swap((stream, to) -> to.unsent(stream, ByteBuffer.wrap(data)));
        test.onLoop(() -> recorder.connection().close());
        test.turnUntil("all is sent", () -> {
            test.pass(Duration.ofMillis(500));
            return peer.receiveSome().size() >= data.length || recorder.cause().isPresent();
        });
        assertEquals("none", recorder.causeMessage());
        assertArrayEquals(data, peer.received());
    }

    /** The poller before was given a part of that already, and has not sent it. */
    @Test
    void whatThePresentPollerHasNotSentGoesBeforeWhatIsStillLeftFromAnEarlierOne() throws IOException {
        byte[] zeros = new byte[12 * Bytes.MB];
        swap((stream, to) -> to.unsent(stream, ByteBuffer.wrap(zeros)));
        test.settle();
        swap((stream, to) -> to.unsent(stream, ByteBuffer.wrap(new byte[] {1})));
        test.turnUntil("all is sent", () -> peer.receiveSome().size() > zeros.length);
        byte[] received = peer.received();
        assertEquals(zeros.length + 1, received.length);
        assertEquals(0, received[zeros.length], "the one comes before the rest of the zeros");
    }

    /** Until the system takes no more, over the poller that sends later. */
    @Test
    void whatSeveralPollersLeftUnsentGoesOutInTheOrderInWhichItWasWritten() throws IOException {
        test.loop.moveTo(new CompletionBackend(new NioBackend()));
        byte[] data = Bytes.random(12 * Bytes.MB);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        long[] pending = {0};
        test.turnUntil("nothing more is taken", () -> {
            long before = pending[0];
            test.settle();
            pending[0] = recorder.connection().pending();
            return pending[0] == before;
        });
        for (int i = 0; i < 5; i++) {
            test.loop.moveTo(new CompletionBackend(new NioBackend()));
            test.turn();
            peer.receiveSome();
        }
        test.turnUntil("all is sent", () -> peer.receiveSome().size() >= data.length);
        assertArrayEquals(data, peer.received());
    }

    // ---- when

    @Test
    void aPreparedMoveHandsOverWhenItChangesOverAndNotBefore() throws IOException {
        backend.gift = received("handed over");
        Poller fresh = backend.open();
        assertTrue(test.inside.sources().prepare(fresh, Integer.MAX_VALUE));
        test.settle();
        peer.send("by the present one, ");
        test.turnUntil("the present one goes on", () -> recorder.text().equals("by the present one, "));
        test.inside.exchange(backend, fresh).close();
        test.settle();
        assertEquals("by the present one, handed over", recorder.text());
    }

    @Test
    void aMoveThatFailsLeavesEverythingWithThePresentPoller() throws IOException {
        backend.gift = received("too early");
        var refusing = RefusingBackend.ofSourcesAfter(1, backend, () -> {
            throw new IOException("no memory");
        });
        assertThrows(IOException.class, () -> test.loop.moveTo(refusing));
        peer.send("goes on");
        test.turnUntil("it goes on", () -> recorder.text().equals("goes on"));
    }

    @Test
    void aPollerThatBreaksHandsOverToTheOneThatReplacesIt() throws IOException {
        backend.gift = received("from the broken one");
        backend.onPoll = () -> {
            backend.onPoll = () -> {};
            throw new IOException("made to fail");
        };
        test.settle();
        assertEquals("from the broken one", recorder.text());
    }

    @Test
    void aConnectionKnownToThePollerAsAnAttemptGetsItsBytes() throws IOException {
        Recorder dialled = new Recorder();
        List<Connection> accepted = new ArrayList<>();
        try (var listener = test.listen(connection -> {
            accepted.add(connection);
            return new Recorder();
        })) {
            test.loop.connect(listener.local(), dialled);
            test.turnUntil(
                    "both ends are open",
                    () -> !accepted.isEmpty() && dialled.log().contains("open"));
        }
        backend.gift = all(received("for you"), unsent("to you"));
        test.loop.moveTo(backend);
        test.turnUntil("it gets them", () -> dialled.text().startsWith("for you"));
    }

    @Test
    void aLoopThatStopsPollsOnceMoreAndCallsNobody() throws IOException {
        try (var loop = new EventLoop(backend)) {
            List<String> log = new ArrayList<>();
            loop.watch(test.readablePipe().source(), Interest.READ, (_, _) -> {
                log.add("told");
                loop.stop();
            });
            backend.polls.clear();
            assertEquals(RunResult.STOPPED, loop.run());
            assertEquals(List.of("told"), log);
            assertEquals(2, backend.polls.size());
            assertEquals(0, backend.polls.getLast());
        }
    }
}
