package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.FullListener;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.TurnedReactor;

/** Case 47: a pending connect, with each possible outcome. */
interface SwapConnectRules extends SwapRules {

    /** The system tries a connect again after a second, so only neighbours wait for it. */
    @Test
    default void case47_aConnectUnderWaySucceedsOnce() throws IOException {
        assumeTrue(bench().mayWait(), "each backend is once the first and once the second of other pairs");
        Recorder recorder = new Recorder();
        try (FullListener full = new FullListener()) {
            Connection connection = connect(full.address(), recorder, Duration.ofSeconds(1));
            connection.write(Bytes.of("early"));
            bench().settle();
            bench().swap();
            full.acceptAll();
            bench().turnUntil("it is established", () -> recorder.log().contains("open"));
            bench().settle();
            assertEquals(List.of("open"), recorder.log());
            assertEquals(0, connection.pending());
            assertTrue(connection.isOpen());
        }
    }

    @Test
    default void case47_aConnectUnderWayKeepsItsTimeout() throws IOException {
        Recorder recorder = new Recorder();
        try (FullListener full = new FullListener()) {
            connect(full.address(), recorder, Duration.ofSeconds(1));
            bench().pass(Duration.ofMillis(600));
            bench().swap();
            bench().pass(Duration.ofMillis(399));
            assertEquals(List.of(), recorder.log());
            bench().pass(Duration.ofMillis(1));
            assertEquals(List.of("closed"), recorder.log());
            assertTrue(recorder.cause().isPresent());
        }
    }

    @Test
    default void case47_aConnectUnderWayCanBeCancelled() throws IOException {
        Recorder recorder = new Recorder();
        try (FullListener full = new FullListener()) {
            Connection connection = connect(full.address(), recorder, Duration.ofSeconds(1));
            bench().settle();
            assertEquals(1, bench().swap());
            bench().onLoop(connection::close);
            bench().pass(Duration.ofSeconds(1));
            assertEquals(List.of("closed"), recorder.log());
            assertEquals(Optional.empty(), recorder.cause());
            assertEquals(0, bench().swap(), "nothing is left to move");
        }
    }

    @Test
    default void case47_aConnectThatIsRefusedSaysSoOnce() throws IOException {
        Recorder recorder = new Recorder();
        connect(nobody(), recorder, Duration.ofSeconds(1));
        bench().swap();
        bench().turnUntil("it ends", recorder::isClosed);
        bench().pass(Duration.ofSeconds(1));
        assertEquals(List.of("closed"), recorder.log());
        assertInstanceOf(ConnectException.class, recorder.cause().orElseThrow());
    }

    @Test
    default void case47_aConnectThatIsEstablishedButNotSeenYetIsSeen() {
        Recorder recorder = new Recorder();
        Recorder far = new Recorder();
        try (Listener listener = bench().listen(connection -> far)) {
            connect(listener.local(), recorder, Duration.ZERO).write(Bytes.of("early"));
            bench().swap();
            bench().turnUntil("it comes", () -> far.text().equals("early"));
            assertEquals(List.of("open"), recorder.log());
        }
    }

    @Test
    default void case47_aConnectByNameGoesOnWhereverItIs() {
        Recorder recorder = new Recorder();
        Recorder far = new Recorder();
        try (Listener listener = bench().listen(connection -> far)) {
            Connection connection = connect(byName(listener.local()), recorder, Duration.ofSeconds(1));
            connection.write(Bytes.of("early"));
            assertEquals(1, bench().swap(), "the listener; a look-up has no source");
            bench().turnUntil("it comes", () -> far.text().equals("early"));
            bench().swap();
            bench().onLoop(() -> far.connection().write(Bytes.of("late")));
            bench().turnUntil("it comes", () -> recorder.text().equals("late"));
            assertEquals(List.of("open", "data"), recorder.log());
        }
    }

    @Test
    default void case47_aConnectByNameThatIsRefusedSaysSoOnce() throws IOException {
        Recorder recorder = new Recorder();
        connect(byName(nobody()), recorder, Duration.ofSeconds(1));
        bench().swap();
        bench().turnUntil("it ends", recorder::isClosed);
        bench().pass(Duration.ofSeconds(1));
        assertEquals(List.of("closed"), recorder.log());
        assertInstanceOf(ConnectException.class, recorder.cause().orElseThrow());
    }

    /** An unresolved name that is a literal address, so its lookup needs no name server. */
    private static InetSocketAddress byName(SocketAddress address) {
        InetSocketAddress resolved = (InetSocketAddress) address;
        return InetSocketAddress.createUnresolved(resolved.getAddress().getHostAddress(), resolved.getPort());
    }

    private Connection connect(SocketAddress address, Recorder recorder, Duration timeout) {
        return bench().reactor().connect(address, recorder, ConnectOptions.DEFAULTS.withTimeout(timeout));
    }

    /** An address at which no program listens any more. */
    private static SocketAddress nobody() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(TurnedReactor.anyPort())) {
            return listener.getLocalAddress();
        }
    }
}
