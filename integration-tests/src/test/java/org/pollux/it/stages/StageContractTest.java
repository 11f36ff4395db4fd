package org.pollux.it.stages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.it.Rings;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.seeds.SeededTests;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/**
 * What a connection with stages promises its handler and its peer, on every backend. One list of promises, in one file: bytes,
 * handshake, ends, faults.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("backends")
@Timeout(120)
class StageContractTest {

    private static final int BY = 13;

    private final Backend backend;
    private final ManualClock clock = new ManualClock();
    private final List<TurningStage> made = new ArrayList<>();
    private final StageFactory turning = TurningStage.by(BY, true, made::add);
    private @Nullable TurnedReactor opened;

    StageContractTest(Backend backend) {
        this.backend = backend;
    }

    static Stream<Backend> backends() {
        return Stream.of(new NioBackend(), new LibeventBackend(), Rings.ring()).map(TestedBackend::of);
    }

    private void open(StageFactory... stages) {
        try {
            EventLoop loop = new EventLoop(backend, clock);
            opened = new TurnedReactor(
                    new SwappableReactor(StagedReactor.of(loop, List.of(stages)), loop::turn, loop::moveTo), clock);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
        assertTrue(made.stream().allMatch(TurningStage::isFreed), "every stage is freed");
    }

    private TurnedReactor test() {
        return requireNonNull(opened);
    }

    private void swap() {
        try {
            test().moveTo(backend);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] out(String text) {
        return TurningStage.turned(text.getBytes(US_ASCII), BY);
    }

    private static final class Echo extends Recorder {
        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in.duplicate());
            take(in);
        }
    }

    // ---- bytes

    @Test
    void bytesAreChangedInBothDirectionsThoughTheyComeOneByOne() {
        open(turning);
        Echo echo = new Echo();
        Peer peer = test().accept(echo);
        for (byte one : out("one by one")) {
            peer.send(new byte[] {one});
            test().settle();
        }
        assertEquals("one by one", echo.text());
        assertArrayEquals(out("one by one"), peer.receive(10));
    }

    @Test
    void whatAStageHoldsBackIsPresentedThoughTheSocketHasNothing() {
        open(turning);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        peer.send(out("late"));
        test().turnUntil("it comes", () -> recorder.text().equals("late"));
        assertEquals(List.of("open", "data"), recorder.log());
    }

    @Test
    void whatAStageKeepsIsPendingAndIsSentByItself() {
        open(turning);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        byte[] data = Bytes.random(6 * Bytes.MB);
        test().onLoop(() -> assertFalse(recorder.connection().write(ByteBuffer.wrap(data))));
        assertTrue(recorder.connection().pending() > 0);
        assertArrayEquals(TurningStage.turned(data, BY), peer.receive(data.length));
        test().settle();
        assertEquals(0, recorder.connection().pending());
        assertEquals(List.of("open", "drained"), recorder.log());
    }

    @Test
    void aFileIsSentThroughTheStageWhileTheBackendIsSwapped(@TempDir Path folder) throws IOException {
        open(turning);
        byte[] data = Bytes.random(5 * Bytes.MB);
        Path path = Files.write(folder.resolve("file"), data);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        try (FileChannel file = FileChannel.open(path)) {
            test().onLoop(() -> recorder.connection().transfer(file, 1, data.length - 1));
            test().turnUntil("all is sent", () -> {
                swap();
                return peer.receiveSome().size() >= data.length - 1;
            });
            test().settle();
        }
        byte[] expected = new byte[data.length - 1];
        System.arraycopy(data, 1, expected, 0, expected.length);
        assertArrayEquals(TurningStage.turned(expected, BY), peer.received());
        assertEquals(List.of("open", "drained"), recorder.log());
    }

    /** Sends pieces, and checks that each comes back. */
    private static final class Checked extends Recorder {

        private final ByteBuffer all;

        Checked(int length, int seed) {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            all = ByteBuffer.wrap(bytes);
        }

        void sendSome(int count) {
            ByteBuffer piece = all.duplicate().limit(Math.min(all.limit(), all.position() + count));
            all.position(piece.limit());
            connection().write(piece);
        }

        boolean isComplete() {
            return size() == all.position();
        }
    }

    @Test
    void aHundredStreamsDoNotNoticeFiftySwaps() {
        open(GreetingStage.FACTORY, turning);
        List<Checked> streams = new ArrayList<>();
        try (Listener listener = test().listen(_ -> new Echo())) {
            for (int i = 0; i < 100; i++) {
                streams.add(new Checked(50 * 100, i));
                test().reactor().connect(listener.local(), streams.getLast());
            }
            test().turnUntil(
                            "all are open",
                            () -> streams.stream()
                                    .allMatch(stream -> stream.log().contains("open")));
            for (int swap = 0; swap < 50; swap++) {
                test().onLoop(() -> streams.forEach(stream -> stream.sendSome(100)));
                swap();
                test().turn();
            }
            test().turnUntil("all comes back", () -> streams.stream().allMatch(Checked::isComplete));
        }
        for (Checked stream : streams) {
            assertArrayEquals(stream.all.array(), stream.bytes());
            assertEquals(List.of("open", "data"), stream.log());
        }
    }

    // ---- the handshake

    @Test
    void theProtocolOpensTheConnectionWhenTheHandshakeIsDone() {
        open(GreetingStage.FACTORY);
        List<String> opened = new ArrayList<>();
        Echo echo = new Echo();
        try (Listener listener = test().listen(connection -> {
            opened.add("opened");
            return echo;
        })) {
            Peer peer = test().dial(listener.local());
            peer.send("HELL");
            peer.receive(5);
            test().settle();
            assertEquals(List.of(), opened);
            peer.send("Ohere");
            peer.receives("HELLOhere");
            assertEquals(List.of("opened"), opened);
        }
    }

    /** What the system did not take at once may be taken in the same turn; the peer says nothing more. */
    @Test
    void aHandshakeThatWaitsForItsLastBytesIsDoneWhenTheyAreSent() {
        open(FarewellStage.FACTORY);
        AtomicInteger opened = new AtomicInteger();
        try (Listener listener = test().listen(_ -> {
            opened.incrementAndGet();
            return new Echo();
        })) {
            Peer peer = test().dial(listener.local());
            peer.receives("BYE");
            test().turnUntil("it is open", () -> opened.get() == 1);
        }
    }

    @Test
    void whatIsWrittenDuringTheHandshakeOfAConnectWaits() {
        open(GreetingStage.FACTORY, turning);
        Echo echo = new Echo();
        Recorder recorder = new Recorder();
        try (Listener listener = test().listen(_ -> echo)) {
            Connection connection = test().reactor().connect(listener.local(), recorder);
            test().onLoop(() -> {
                connection.write(Bytes.of("early"));
                assertEquals(5, connection.pending());
            });
            test().turnUntil("it comes back", () -> recorder.text().equals("early"));
            assertEquals(List.of("open", "data"), recorder.log());
        }
    }

    @Test
    void aHandshakeThatTakesTooLongEndsWithThatCause() {
        open(GreetingStage.FACTORY);
        List<String> opened = new ArrayList<>();
        try (Listener listener = test().listen(connection -> {
            opened.add("opened");
            return new Echo();
        })) {
            Peer peer = test().dial(listener.local());
            peer.receive(5);
            test().pass(StageFactory.HANDSHAKE_TIMEOUT);
            peer.receivesReset();
            assertEquals(List.of(), opened);
        }
    }

    @Test
    void aConnectHearsThatItsHandshakeTookTooLong() {
        open(GreetingStage.FACTORY);
        Recorder recorder = new Recorder();
        try (var silent = ServerSocketChannel.open().bind(TurnedReactor.anyPort())) {
            Connection connection = test().reactor().connect(silent.getLocalAddress(), recorder);
            test().turnUntil("it is under way", () -> connection.toString().endsWith("(HANDSHAKING)"));
            assertTrue(connection.isOpen());
            test().pass(StageFactory.HANDSHAKE_TIMEOUT);
            assertEquals(List.of("closed"), recorder.log());
            assertEquals(
                    SocketTimeoutException.class, recorder.cause().orElseThrow().getClass());
            assertTrue(recorder.causeMessage().endsWith("within 10 s"), recorder::causeMessage);
            assertTrue(recorder.causeMessage().startsWith("The greeting handshake with "), recorder.causeMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag(SeededTests.EXACT)
    void whyAHandshakeFailedIsReadByThePeerAndToldToTheHandlerOfAConnect() {
        open(GreetingStage.FACTORY);
        try (Listener listener = test().listen(_ -> new Echo())) {
            Peer peer = test().dial(listener.local());
            peer.send("WHO ARE YOU, and much more that nobody reads");
            peer.receives("HELLONO");
            peer.receivesEnd();
        }
        String cause = causeOfFailedConnect(peer -> peer.send("WHO").receives("HELLONO"));
        assertEquals("The peer's greeting is not HELLO", cause);
    }

    @Test
    @Tag(SeededTests.EXACT)
    void aPeerThatEndsInTheMiddleOfAHandshakeEndsItAtOnce() {
        open(GreetingStage.FACTORY);
        String cause = causeOfFailedConnect(peer -> {
            peer.send("HELL").closeOutput();
            peer.receives("HELLO");
        });
        assertEquals("The peer has ended before the greeting handshake was done", cause);
    }

    /** The handler of a connect hears only the end, and the server sees a FIN. */
    private String causeOfFailedConnect(Consumer<Peer> server) {
        Recorder recorder = new Recorder();
        try (var listening = ServerSocketChannel.open().bind(TurnedReactor.anyPort())) {
            test().reactor().connect(listening.getLocalAddress(), recorder);
            try (Peer peer = new Peer(test(), listening.accept())) {
                server.accept(peer);
                peer.receivesEnd();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        test().turnUntil("it ends", recorder::isClosed);
        assertEquals(List.of("closed"), recorder.log());
        return recorder.causeMessage();
    }

    @Test
    void aConnectionCanBeClosedAndAbortedDuringItsHandshake() {
        open(turning, GreetingStage.FACTORY);
        for (boolean abort : new boolean[] {false, true}) {
            Recorder recorder = new Recorder();
            try (var silent = ServerSocketChannel.open().bind(TurnedReactor.anyPort())) {
                Connection connection = test().reactor().connect(silent.getLocalAddress(), recorder);
                test().turnUntil("it is under way", () -> connection.toString().endsWith("(HANDSHAKING)"));
                test().onLoop(abort ? connection::abort : connection::close);
                test().settle();
                assertEquals(List.of("closed"), recorder.log());
                assertEquals("none", recorder.causeMessage());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    // ---- ends, time, pauses

    @Test
    void theFinComesBehindAllBytesAndReadingGoesOn() {
        open(turning);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        byte[] data = Bytes.random(3 * Bytes.MB);
        test().onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().closeOutput();
        });
        peer.receive(data.length);
        peer.receivesEnd();
        peer.send(out("still heard")).closeOutput();
        test().turnUntil("it ends", recorder::isClosed);
        assertEquals("still heard", recorder.text());
        assertEquals(List.of("open", "data", "inputClosed", "closed"), recorder.log());
    }

    @Test
    void closeSendsEverythingWithAndWithoutLingering() {
        for (boolean lingers : new boolean[] {true, false}) {
            open(turning);
            Recorder recorder = new Recorder();
            Peer peer = test().accept(recorder);
            byte[] data = Bytes.random(3 * Bytes.MB);
            test().onLoop(() -> {
                recorder.connection().write(ByteBuffer.wrap(data));
                if (lingers) {
                    recorder.connection().close();
                } else {
                    recorder.connection().closeWithoutLinger();
                }
            });
            assertArrayEquals(TurningStage.turned(data, BY), peer.receive(data.length));
            peer.receivesEnd().close();
            test().turnUntil("it ends", recorder::isClosed);
            assertEquals("none", recorder.causeMessage());
            test().close();
        }
    }

    @Test
    void theIdleTimeoutIsToldAsWithoutStages() {
        open(turning);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        test().onLoop(() -> recorder.connection().idleTimeout(Duration.ofSeconds(1)));
        test().pass(Duration.ofSeconds(1));
        peer.receivesReset();
        assertEquals(List.of("open", "timeout", "closed"), recorder.log());
    }

    @Test
    void aStageAndTheHandlerPauseReadingEachForItself() {
        open(turning);
        Recorder recorder = new Recorder();
        Peer peer = test().accept(recorder);
        Connection connection = recorder.connection();
        test().onLoop(() -> made.getFirst().context().pauseReading());
        assertFalse(connection.isReadingPaused(), "that shows the handler's");
        peer.send(out("wait"));
        test().settle();
        assertEquals("", recorder.text());
        test().onLoop(connection::pauseReading);
        assertTrue(connection.isReadingPaused());
        test().onLoop(() -> made.getFirst().context().resumeReading());
        test().settle();
        assertEquals("", recorder.text());
        test().onLoop(connection::resumeReading);
        test().turnUntil("it comes", () -> recorder.text().equals("wait"));
    }

    // ---- faults of a stage

    @Test
    void aStageThatThrowsCostsItsConnectionAlone() {
        open(turning);
        Echo faulty = new Echo();
        Echo other = new Echo();
        Peer first = test().accept(faulty);
        Peer second = test().accept(other);
        made.getFirst().failWith(new IllegalStateException("made to fail"));
        first.send(out("x"));
        first.receivesReset();
        test().turnUntil("it ends", faulty::isClosed);
        assertEquals("made to fail", faulty.causeMessage());
        second.send(out("goes on"));
        assertArrayEquals(out("goes on"), second.receive(7));
    }

    @Test
    void aStageThatThrowsInAWriteDoesSoToo() {
        open(turning);
        Echo faulty = new Echo();
        Peer peer = test().accept(faulty);
        made.getFirst().failWith(new IllegalStateException("made to fail"));
        test().onLoop(() -> assertFalse(faulty.connection().write(Bytes.of("x"))));
        peer.receivesReset();
        test().turnUntil("it ends", faulty::isClosed);
        assertEquals("made to fail", faulty.causeMessage());
    }

    @Test
    void aStageThatThrowsInTheHandshakeDoesSoToo() {
        open(GreetingStage.FACTORY);
        try (Listener listener = test().listen(_ -> new Echo())) {
            test().dial(listener.local()).send("!").receivesReset();
            test().dial(listener.local()).send("HELLOhere").receives("HELLOhere");
        }
    }
}
