package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.net.ConnectAttempt;
import org.pollux.reactor.runtime.net.Dial;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Recorder;

/** Every transition in the diagram of {@link Dial}, with a resolver that knows one host. One diagram, one file. */
class ConnectByNameTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    /** On one port: 127.0.0.1 does not answer, 127.0.0.2 and ::1 do when a test says so, 127.0.0.9 never. */
    private final FullListener silent = new FullListener();

    private final int port = ((InetSocketAddress) silent.address()).getPort();
    private final FixedResolver resolver = new FixedResolver();
    private final TestLoop test;
    private final Recorder recorder = new Recorder();
    private final Recorder far = new Recorder();

    ConnectByNameTest() throws IOException {
        test = new TestLoop(new NioBackend(), resolver);
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        silent.close();
        Await.until(
                "the threads of the look-ups end",
                () -> resolver.threads.stream().noneMatch(Thread::isAlive));
    }

    private InetSocketAddress at(String literal) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private Listener listen(String literal) throws IOException {
        return test.loop.listen(at(literal), connection -> far);
    }

    private Connection connect(Duration timeout) {
        return connect("host.test", timeout);
    }

    private Connection connect(String host, Duration timeout) {
        return test.loop.connect(
                InetSocketAddress.createUnresolved(host, port), recorder, ConnectOptions.DEFAULTS.withTimeout(timeout));
    }

    /** Turns until the loop has heard of the addresses and tries the first. */
    private void turnUntilItTries() {
        test.turnUntil("an attempt is under way", () -> !attempts().isEmpty());
    }

    private void turnUntilOpen() {
        test.turnUntil("it is established", () -> recorder.log().contains("open"));
    }

    /** The addresses and channels of the attempts under way. */
    private List<ConnectAttempt> attempts() {
        List<ConnectAttempt> attempts = new ArrayList<>();
        test.inside.sources().forEach(source -> {
            if (source instanceof ConnectAttempt attempt) {
                attempts.add(attempt);
            }
        });
        return attempts;
    }

    private List<SocketAddress> tried() {
        return attempts().stream().map(ConnectAttempt::address).toList();
    }

    private void assertNothingLeft() {
        test.pass(Duration.ofDays(1));
        assertEquals(List.of("closed"), recorder.log());
        assertEquals(0, test.inside.counters().connections());
        assertEquals(Loop.OWN_SOURCES, test.inside.sources().size());
        assertTrue(test.inside.timers().isEmpty());
        assertTrue(test.inside.pending().isEmpty());
        assertEquals(RunResult.EMPTY, test.loop.run());
        Await.until("the look-up ends", () -> resolver.threads.stream().noneMatch(Thread::isAlive));
    }

    private void assertFails(Class<? extends Throwable> cause, String message) {
        test.turnUntil("it fails", recorder::isClosed);
        assertEquals(message.replace("PORT", String.valueOf(port)), recorder.causeMessage());
        assertInstanceOf(cause, recorder.cause().orElseThrow());
        assertNothingLeft();
    }

    // ---- the look-up

    @Test
    void aNameIsLookedUpBesideTheLoopAndItsAddressConnected() throws IOException {
        resolver.knows("127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            Connection connection = connect(SECOND);
            assertTrue(connection.isOpen());
            assertEquals(InetSocketAddress.createUnresolved("host.test", port), connection.remote());
            assertEquals(new InetSocketAddress(0), connection.local());
            turnUntilOpen();
            assertEquals(at("127.0.0.2"), connection.remote());
            assertEquals(far.connection().remote(), connection.local());
            assertEquals(List.of("host.test"), resolver.asked);
            assertTrue(resolver.threads.getFirst().isVirtual());
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsSentWhenItIsEstablished() throws IOException {
        resolver.knows("127.0.0.9", "127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            Connection connection = connect(SECOND);
            test.onLoop(() -> connection.write(Bytes.of("early")));
            assertEquals(5, connection.pending());
            test.turnUntil("it comes", () -> far.text().equals("early"));
        }
    }

    @Test
    void aLiteralNeedsNoNameServer() throws IOException {
        try (TestLoop own = new TestLoop();
                Listener listener = own.loop.listen(at("127.0.0.2"), connection -> far)) {
            own.loop.connect(
                    InetSocketAddress.createUnresolved("127.0.0.2", port),
                    recorder,
                    ConnectOptions.DEFAULTS.withTimeout(SECOND));
            own.turnUntil("it is established", () -> recorder.log().contains("open"));
            assertEquals(listener.local(), recorder.connection().remote());
        }
    }

    @Test
    void case42_anUnknownHostIsReportedOnce() {
        connect("nowhere.test", SECOND);
        assertFails(UnknownHostException.class, "Unknown host nowhere.test");
    }

    @Test
    void case42_aResolverThatFailsIsReportedOnce() {
        connect("broken.test", SECOND);
        assertFails(
                UnknownHostException.class, "Unknown host broken.test: java.lang.IllegalStateException: made to fail");
    }

    @Test
    void case42_theTimeoutCoversTheLookUp() {
        connect(SECOND);
        test.pass(SECOND.minus(NANO));
        assertEquals(List.of(), recorder.log());
        test.pass(NANO);
        assertFails(
                SocketTimeoutException.class,
                "No connection to host.test:PORT within 1 s: the name is still being looked up");
    }

    @Test
    void case42_closeCancelsTheLookUp() {
        Connection connection = connect(SECOND);
        test.onLoop(connection::close);
        assertNothingLeft();
        assertEquals(Optional.empty(), recorder.cause());
    }

    @Test
    void case42_abortCancelsTheLookUp() {
        Connection connection = connect(SECOND);
        test.onLoop(connection::abort);
        assertNothingLeft();
    }

    @Test
    void anAnswerThatComesAfterTheEndIsNotHeard() throws IOException {
        try (Listener _ = listen("127.0.0.2")) {
            Connection connection = connect(SECOND);
            test.loop.execute(connection::close);
            resolver.knows("127.0.0.2");
            Await.until("the answer is there", () -> resolver.threads.stream().noneMatch(Thread::isAlive));
            test.settle();
            assertEquals(List.of("closed"), recorder.log());
            assertEquals(List.of(), far.log());
        }
    }

    @Test
    void case27_theEndOfTheReactorEndsALookUp() throws InterruptedException {
        connect(SECOND);
        Await.until("it is looked up", () -> !resolver.asked.isEmpty());
        test.loop.close();
        assertEquals(List.of("closed"), recorder.log());
        Await.end(resolver.threads.getFirst());
    }

    @Test
    void case24_aRunLastsAsLongAsALookUp() throws Exception {
        EventLoop loop = new EventLoop(new NioBackend(), System::nanoTime, resolver, MemoryBudget.unlimited());
        loop.connect(
                InetSocketAddress.createUnresolved("host.test", port),
                recorder,
                ConnectOptions.DEFAULTS.withTimeout(Duration.ZERO));
        CompletableFuture<RunResult> run = RunningLoop.run(loop);
        Await.until("it is looked up", () -> !resolver.asked.isEmpty());
        assertFalse(run.isDone());
        resolver.answer.completeExceptionally(new UnknownHostException("host.test"));
        RunningLoop.assertEnds(RunResult.EMPTY, run);
        assertEquals("Unknown host host.test", recorder.causeMessage());
        loop.close();
    }

    // ---- the race

    @Test
    void anAddressThatRefusesGivesWayAtOnce() throws IOException {
        resolver.knows("127.0.0.9", "127.0.0.8", "127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            connect(SECOND);
            turnUntilOpen();
            assertEquals(at("127.0.0.2"), recorder.connection().remote());
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsJoinedByTheNextAfterAQuarterOfASecond() throws IOException {
        resolver.knows("127.0.0.1", "127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            connect(SECOND);
            turnUntilItTries();
            SocketChannel loser = attempts().getFirst().channel();
            test.pass(Dial.ATTEMPT_DELAY.minus(NANO));
            assertEquals(List.of(at("127.0.0.1")), tried());
            test.pass(NANO);
            turnUntilOpen();
            assertEquals(at("127.0.0.2"), recorder.connection().remote());
            assertFalse(loser.isOpen(), "the other attempt is given up");
            assertEquals(List.of(), attempts());
            assertTrue(test.inside.timers().isEmpty());
        }
    }

    @Test
    void aFailureStartsTheNextAttemptAndItsDelayAgain() throws IOException {
        resolver.knows("127.0.0.9", "127.0.0.1", "127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            connect(SECOND);
            test.turnUntil("the second is tried", () -> tried().equals(List.of(at("127.0.0.1"))));
            test.pass(Dial.ATTEMPT_DELAY.minus(NANO));
            assertEquals(List.of(at("127.0.0.1")), tried());
            test.pass(NANO);
            turnUntilOpen();
        }
    }

    @Test
    void theFirstThatIsEstablishedWinsEvenIfItBeganEarlier() throws IOException {
        resolver.knows("127.0.0.1", "127.0.0.2");
        try (FullListener _ = new FullListener(at("127.0.0.2"))) {
            connect(Duration.ZERO);
            turnUntilItTries();
            test.pass(Dial.ATTEMPT_DELAY);
            assertEquals(List.of(at("127.0.0.1"), at("127.0.0.2")), tried());
            List<SocketChannel> channels =
                    attempts().stream().map(ConnectAttempt::channel).toList();
            silent.acceptAll();
            turnUntilOpen();
            assertEquals(at("127.0.0.1"), recorder.connection().remote());
            assertEquals(
                    List.of(true, false),
                    channels.stream().map(SocketChannel::isOpen).toList());
        }
    }

    @Test
    void theOtherFamilyIsTriedSecond() throws IOException {
        resolver.knows("127.0.0.1", "127.0.0.2", "::1");
        try (FullListener _ = new FullListener(at("::1"))) {
            connect(SECOND);
            turnUntilItTries();
            test.pass(Dial.ATTEMPT_DELAY);
            assertEquals(List.of(at("127.0.0.1"), at("::1")), tried());
        }
    }

    @Test
    void case42_theCauseSaysWhichAddressFailedHow() {
        resolver.knows("127.0.0.9", "::1");
        connect(SECOND);
        assertFails(
                ConnectException.class,
                "No connection to host.test:PORT: 127.0.0.9:PORT: Connection refused;"
                        + " [0:0:0:0:0:0:0:1]:PORT: Connection refused");
        Throwable[] each = recorder.cause().orElseThrow().getSuppressed();
        assertEquals(
                List.of("Connection refused", "Connection refused"),
                Stream.of(each).map(Throwable::getMessage).toList());
    }

    @Test
    void case42_theTimeoutCoversAllAttemptsAndSaysHowFarTheyCame() throws IOException {
        resolver.knows("127.0.0.9", "127.0.0.1", "127.0.0.2", "127.0.0.3");
        try (FullListener _ = new FullListener(at("127.0.0.2"))) {
            connect(Dial.ATTEMPT_DELAY.plus(NANO));
            test.turnUntil("the second is tried", () -> tried().equals(List.of(at("127.0.0.1"))));
            test.pass(Dial.ATTEMPT_DELAY);
            assertEquals(List.of(at("127.0.0.1"), at("127.0.0.2")), tried());
            test.pass(NANO);
            assertFails(
                    SocketTimeoutException.class,
                    "No connection to host.test:PORT within 250 ms: 127.0.0.9:PORT: Connection refused;"
                            + " 127.0.0.1:PORT: no response; 127.0.0.2:PORT: no response; 127.0.0.3:PORT: not tried yet");
            assertEquals(4, recorder.cause().orElseThrow().getSuppressed().length);
        }
    }

    @Test
    void case42_closeDuringTheRaceGivesUpAllAttempts() throws IOException {
        resolver.knows("127.0.0.1", "127.0.0.2", "127.0.0.3");
        try (FullListener _ = new FullListener(at("127.0.0.2"))) {
            Connection connection = connect(Duration.ZERO);
            turnUntilItTries();
            test.pass(Dial.ATTEMPT_DELAY);
            List<SocketChannel> channels =
                    attempts().stream().map(ConnectAttempt::channel).toList();
            assertEquals(2, channels.size());
            test.onLoop(connection::close);
            assertTrue(channels.stream().noneMatch(SelectableChannel::isOpen));
            assertNothingLeft();
            assertEquals(Optional.empty(), recorder.cause());
        }
    }

    @Test
    void case27_theEndOfTheReactorEndsTheRace() {
        resolver.knows("127.0.0.1", "127.0.0.2");
        connect(SECOND);
        turnUntilItTries();
        SocketChannel channel = attempts().getFirst().channel();
        test.loop.close();
        assertFalse(channel.isOpen());
        assertEquals(List.of("closed"), recorder.log());
        assertEquals(Optional.empty(), recorder.cause());
    }

    // ---- across a swap

    @Test
    void case47_allAttemptsMoveAndTheNextIsMadeInTime() throws IOException {
        resolver.knows("127.0.0.1", "127.0.0.2", "::1");
        try (FullListener _ = new FullListener(at("::1"));
                Listener _ = listen("127.0.0.2")) {
            connect(SECOND);
            turnUntilItTries();
            test.pass(Dial.ATTEMPT_DELAY);
            assertEquals(3, test.moveTo(new NioBackend()), "two attempts and the listener");
            assertEquals(List.of(at("127.0.0.1"), at("::1")), tried());
            test.pass(Dial.ATTEMPT_DELAY);
            turnUntilOpen();
            assertEquals(at("127.0.0.2"), recorder.connection().remote());
        }
    }

    @Test
    void case47_aConnectionMovesInTheWinnersPlace() throws IOException {
        resolver.knows("127.0.0.2");
        try (Listener _ = listen("127.0.0.2")) {
            connect(SECOND);
            turnUntilOpen();
            test.turnUntil("it is accepted", () -> !far.log().isEmpty());
            for (String word : List.of("one", "two", "three")) {
                test.moveTo(new NioBackend());
                test.onLoop(() -> far.connection().write(Bytes.of(word)));
                test.turnUntil("it comes", () -> recorder.text().endsWith(word));
            }
            assertEquals(List.of("open", "data"), recorder.log());
            test.onLoop(recorder.connection()::close);
            test.turnUntil("both end", () -> recorder.isClosed() && far.isClosed());
        }
    }

    @Test
    void case47_aConnectionThatIsEstablishedBetweenTheTwoStepsOfAMoveIsMoved() throws IOException {
        ProbeBackend next = new ProbeBackend();
        try (Listener _ = listen("127.0.0.2")) {
            test.loop.connect(at("127.0.0.2"), recorder, ConnectOptions.DEFAULTS.withTimeout(SECOND));
            assertEquals(List.of(at("127.0.0.2")), tried());
            var fresh = next.open();
            while (!test.inside.sources().prepare(fresh, 1)) {}
            turnUntilOpen();
            test.turnUntil("it is accepted", () -> !far.log().isEmpty());
            test.inside.exchange(next, fresh).close();
            test.onLoop(() -> far.connection().write(Bytes.of("hello")));
            test.turnUntil("it comes", () -> recorder.text().equals("hello"));
            test.moveTo(new NioBackend());
            test.onLoop(() -> far.connection().write(Bytes.of(" again")));
            test.turnUntil("it comes", () -> recorder.text().equals("hello again"));
        }
    }
}
