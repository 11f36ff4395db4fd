package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Recorder;

/** Connections that this side opens. */
class ConnectTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final TestLoop test;
    private final FullListener full = new FullListener();
    private final Recorder recorder = new Recorder();
    private final Recorder far = new Recorder();

    ConnectTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        full.close();
    }

    private Connection connect(SocketAddress address, Duration timeout) {
        return test.loop.connect(address, recorder, ConnectOptions.DEFAULTS.withTimeout(timeout));
    }

    private void assertFails(Class<? extends Throwable> cause) {
        test.turnUntil("it fails", recorder::isClosed);
        test.pass(Duration.ofDays(1));
        assertEquals(List.of("closed"), recorder.log());
        assertEquals(cause, recorder.cause().orElseThrow().getClass());
        assertEquals(0, test.inside.counters().connections());
        assertEquals(1, test.inside.sources().size());
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void whatIsWrittenBeforeTheConnectionIsEstablishedIsSentThen() {
        try (Listener listener = test.listen(connection -> far)) {
            Connection connection = connect(listener.local(), Duration.ZERO);
            assertTrue(connection.isOpen());
            test.onLoop(() -> assertTrue(connection.write(Bytes.of("early"))));
            test.turnUntil("it comes", () -> far.text().equals("early"));
            assertEquals(List.of("open"), recorder.log());
            assertEquals(listener.local(), connection.remote());
            assertEquals(far.connection().remote(), connection.local());
        }
    }

    @Test
    void manyBytesAndACloseBeforeTheConnectionIsEstablishedCancelIt() {
        try (Listener listener = test.listen(connection -> far)) {
            Connection connection = connect(listener.local(), Duration.ZERO);
            test.loop.execute(() -> assertFalse(connection.write(java.nio.ByteBuffer.allocate(100_000))));
            test.loop.execute(connection::close);
            test.settle();
            assertEquals(List.of("closed"), recorder.log());
            assertEquals(Optional.empty(), recorder.cause());
        }
    }

    @Test
    void closingTheOutputBeforeTheConnectionIsEstablishedSendsWhatWasWrittenThenTheEnd() {
        try (Listener listener = test.listen(connection -> far)) {
            Connection connection = connect(listener.local(), Duration.ZERO);
            test.onLoop(() -> {
                connection.write(Bytes.of("all of it"));
                connection.closeOutput();
                assertFalse(connection.write(Bytes.of(" and more")));
            });
            test.turnUntil("both ends", () -> far.isClosed() && recorder.isClosed());
            assertEquals("all of it", far.text());
            assertEquals(List.of("open", "inputClosed", "closed"), recorder.log());
        }
    }

    @Test
    void aConnectionComesFromTheAddressThatItIsGiven() throws UnknownHostException {
        InetSocketAddress local = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0);
        try (Listener listener = test.listen(connection -> far)) {
            test.loop.connect(listener.local(), recorder, ConnectOptions.DEFAULTS.withLocal(local));
            test.turnUntil("it is accepted", () -> !far.log().isEmpty());
            InetSocketAddress seen = (InetSocketAddress) far.connection().remote();
            assertEquals(local.getAddress(), seen.getAddress());
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsToldAsTheCause() throws UnknownHostException {
        InetSocketAddress foreign = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
        try (Listener listener = test.listen(connection -> far)) {
            test.loop.connect(listener.local(), recorder, ConnectOptions.DEFAULTS.withLocal(foreign));
            test.turnUntil("it fails", recorder::isClosed);
            assertEquals(List.of("closed"), recorder.log());
            assertEquals(ConnectException.class, recorder.cause().orElseThrow().getClass());
        }
    }

    @Test
    void withoutOptionsAConnectFailsAfterTenSeconds() {
        test.loop.connect(full.address(), recorder);
        test.pass(Duration.ofSeconds(10).minusNanos(1));
        assertEquals(List.of(), recorder.log());
        test.pass(Duration.ofNanos(1));
        assertEquals(
                SocketTimeoutException.class, recorder.cause().orElseThrow().getClass());
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ConnectOptions.DEFAULTS.withTimeout(Duration.ofNanos(-1)));
    }

    @Test
    void case42_aRefusedConnectIsReportedOnce() {
        Listener gone = test.listen(connection -> far);
        gone.close();
        test.settle();
        connect(gone.local(), SECOND);
        assertFails(ConnectException.class);
    }

    @Test
    void case42_anAddressOfAKindThatIsNotKnownIsReportedOnce() {
        connect(new SocketAddress() {}, SECOND);
        test.settle();
        assertEquals(List.of("closed"), recorder.log());
        assertTrue(recorder.cause().isPresent());
        assertEquals(0, test.inside.counters().connections());
    }

    @Test
    void case42_aMissingUnixDomainSocketIsReportedOnce(@TempDir Path folder) {
        connect(UnixDomainSocketAddress.of(folder.resolve("missing")), SECOND);
        test.settle();
        assertEquals(List.of("closed"), recorder.log());
        assertTrue(recorder.cause().orElseThrow() instanceof IOException);
    }

    @Test
    void case42_closeWhileConnectingCancels() {
        Connection connection = connect(full.address(), SECOND);
        test.settle();
        assertTrue(connection.isOpen());
        test.onLoop(connection::close);
        test.pass(Duration.ofDays(1));
        assertEquals(List.of("closed"), recorder.log());
        assertEquals(Optional.empty(), recorder.cause());
    }

    @Test
    void case42_theTimeoutOfAConnectIsExact() {
        connect(full.address(), SECOND);
        test.pass(SECOND.minus(NANO));
        assertEquals(List.of(), recorder.log());
        test.pass(NANO);
        assertFails(SocketTimeoutException.class);
    }

    @Test
    void case42_theTimeoutDoesNotTouchAConnectionThatIsEstablished() {
        try (Listener listener = test.listen(connection -> far)) {
            connect(listener.local(), SECOND);
            test.turnUntil("it is established", () -> !recorder.log().isEmpty());
            test.pass(Duration.ofDays(1));
            assertEquals(List.of("open"), recorder.log());
        }
    }

    @Test
    void whileConnectingNoIdleTimeoutIsTold() {
        Connection connection = connect(full.address(), Duration.ZERO);
        test.onLoop(() -> connection.idleTimeout(SECOND));
        test.pass(SECOND);
        test.pass(SECOND);
        assertEquals(List.of(), recorder.log());
    }

    @Test
    void theIdleTimeoutCountsFromTheBeginOfTheConnection() {
        try (Listener listener = test.listen(connection -> far)) {
            test.onLoop(() -> {
                connect(listener.local(), Duration.ZERO).idleTimeout(SECOND);
                test.clock().advance(SECOND.minus(NANO));
            });
            test.turnUntil("it is established", () -> !recorder.log().isEmpty());
            test.pass(SECOND.minus(NANO));
            assertEquals(List.of("open"), recorder.log());
            test.pass(NANO);
            assertEquals(List.of("open", "timeout", "closed"), recorder.log());
        }
    }

    @Test
    void aConnectionOverAUnixDomainSocketIsLikeAnyOther(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (Listener listener = test.loop.listen(address, connection -> far)) {
            Connection connection = connect(address, SECOND);
            test.turnUntil("it is established", () -> recorder.log().contains("open"));
            assertEquals(address, connection.remote());
            assertEquals(UnixDomainSocketAddress.of(""), far.connection().remote());
            test.onLoop(() -> {
                connection.write(Bytes.of("hello"));
                connection.close();
            });
            test.turnUntil("both end", () -> recorder.isClosed() && far.isClosed());
            assertEquals("hello", far.text());
            assertEquals(address, listener.local());
        }
    }
}
