package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Every transition in the diagram of {@link StreamConnection}. */
class StreamStatesTest {

    private final TestLoop test;
    private final FullListener full = new FullListener();
    private final Recorder recorder = new Recorder() {
        @Override
        protected void inputClosed(Connection c) {}
    };

    StreamStatesTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        full.close();
    }

    private static void assertState(Stream.State expected, Connection connection) {
        assertTrue(connection.toString().endsWith("(" + expected + ")"), connection.toString());
        assertEquals(
                expected == Stream.State.OPEN
                        || expected == Stream.State.CONNECTING
                        || expected == Stream.State.HANDSHAKING,
                connection.isOpen());
    }

    private Connection connecting(Duration timeout) {
        Connection connection =
                test.loop.connect(full.address(), recorder, ConnectOptions.DEFAULTS.withTimeout(timeout));
        assertState(Stream.State.CONNECTING, connection);
        return connection;
    }

    private Peer open() {
        Peer peer = test.accept(recorder);
        assertState(Stream.State.OPEN, recorder.connection());
        return peer;
    }

    private Peer closing() {
        Peer peer = open();
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().close();
        });
        assertState(Stream.State.CLOSING, recorder.connection());
        return peer;
    }

    private void assertClosed(Connection connection) {
        test.turnUntil("it is closed", recorder::isClosed);
        assertState(Stream.State.CLOSED, connection);
        test.settle();
        assertEquals(1, recorder.count("closed"));
        assertEquals("closed", recorder.log().getLast());
        assertFalse(((StreamConnection) connection).hasOpenChannel());
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void connectingToOpenWhenEstablished() {
        Recorder far = new Recorder();
        try (Listener listener = test.listen(c -> far)) {
            Connection connection = test.loop.connect(
                    listener.local(), recorder, ConnectOptions.DEFAULTS.withTimeout(Duration.ofSeconds(1)));
            assertState(Stream.State.CONNECTING, connection);
            test.turnUntil("it is established", () -> recorder.log().contains("open"));
            assertState(Stream.State.OPEN, connection);
            assertTrue(test.inside.timers().isEmpty(), "the timeout of the connect is over");
        }
    }

    @Test
    void connectingToClosedByAbort() {
        Connection connection = connecting(Duration.ZERO);
        test.onLoop(connection::abort);
        assertClosed(connection);
    }

    @Test
    void connectingToClosedByClose() {
        Connection connection = connecting(Duration.ofDays(1));
        test.onLoop(connection::close);
        assertClosed(connection);
    }

    @Test
    void connectingToClosedByShutdown() {
        Connection connection = connecting(Duration.ZERO);
        test.onLoop(((StreamConnection) connection)::shutdown);
        assertClosed(connection);
    }

    @Test
    void connectingToClosedByItsTimeout() {
        Connection connection = connecting(Duration.ofSeconds(1));
        test.pass(Duration.ofSeconds(1));
        assertClosed(connection);
    }

    @Test
    void connectingToClosedByARefusal() throws IOException {
        Listener listener = test.listen(c -> recorder);
        listener.close();
        test.settle();
        Connection connection =
                test.loop.connect(listener.local(), recorder, ConnectOptions.DEFAULTS.withTimeout(Duration.ZERO));
        assertClosed(connection);
    }

    @Test
    void openToClosingByClose() {
        closing();
    }

    @Test
    void openToClosedByAbort() {
        open();
        test.onLoop(() -> recorder.connection().abort());
        assertClosed(recorder.connection());
    }

    @Test
    void openToClosedByAReset() {
        open().reset();
        assertClosed(recorder.connection());
    }

    @Test
    void openToClosedByAFaultOfTheHandler() {
        try (CapturedLog captured = new CapturedLog()) {
            open();
            test.onLoop(
                    () -> ((StreamConnection) recorder.connection()).fail(new IllegalStateException("made to fail")));
            assertClosed(recorder.connection());
            captured.says("made to fail");
        }
    }

    @Test
    void openToClosedByBothEndsWhenItsOutputWasClosed() {
        Peer peer = open();
        test.onLoop(() -> recorder.connection().closeOutput());
        assertState(Stream.State.OPEN, recorder.connection());
        peer.closeOutput();
        assertClosed(recorder.connection());
    }

    @Test
    void closingToClosedByBothEnds() {
        Peer peer = closing();
        peer.receivesEnd();
        assertState(Stream.State.CLOSING, recorder.connection());
        peer.closeOutput();
        assertClosed(recorder.connection());
    }

    @Test
    void closingToClosedWhenTheTimeOfTheFlushIsOver() {
        closing();
        test.pass(StreamEnd.FLUSH_TIMEOUT);
        assertClosed(recorder.connection());
    }

    @Test
    void closingToClosedWhenTheLingerTimeIsOver() {
        closing().receivesEnd();
        test.pass(StreamEnd.LINGER_TIMEOUT);
        assertClosed(recorder.connection());
    }

    @Test
    void closingToClosedByAbort() {
        closing();
        test.onLoop(() -> recorder.connection().abort());
        assertClosed(recorder.connection());
    }

    @Test
    void closingToClosedByAReset() {
        closing().reset();
        assertClosed(recorder.connection());
    }

    @Test
    void closedStaysClosedWhateverIsCalled() {
        open();
        Connection connection = recorder.connection();
        test.onLoop(connection::abort);
        assertClosed(connection);
        Runnable everything = () -> {
            connection.write(ByteBuffer.allocate(1));
            connection.pauseReading();
            connection.resumeReading();
            connection.closeOutput();
            connection.idleTimeout(Duration.ofSeconds(1));
            connection.close();
            connection.abort();
            ((StreamConnection) connection).shutdown();
            ((StreamConnection) connection).drop();
        };
        test.onLoop(everything);
        test.pass(Duration.ofDays(1));
        assertClosed(connection);
        assertEquals(0, test.inside.counters().connections());
    }
}
