package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Watch;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Case 46: what has ended keeps nobody's handler, and so no bundle, alive. */
class LeaksTest {

    private final TestLoop test;

    LeaksTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** The loop lives on meanwhile and turns, as a server's does. */
    private void assertCollected(WeakReference<?> handler) {
        test.settle();
        Await.until("the handler is collected", () -> handler.refersTo(null), () -> {
            System.gc();
            test.turn();
        });
    }

    /** A handler that used everything: it left bytes unread, has a queue, a timeout, and owes a callback. */
    private WeakReference<Recorder> busyConnection(Connection[] kept, Peer[] peer) {
        Recorder recorder = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {}
        };
        peer[0] = test.accept(recorder);
        peer[0].send("left unread");
        test.settle();
        kept[0] = recorder.connection();
        test.onLoop(() -> {
            recorder.connection().idleTimeout(Duration.ofDays(1));
            recorder.connection().write(ByteBuffer.allocate(10 * Bytes.MB));
        });
        recorder.connection().write(ByteBuffer.allocate(10));
        return new WeakReference<>(recorder);
    }

    @Test
    void case46_aConnectionThatWasAbortedKeepsNotItsHandler() {
        Connection[] connection = new Connection[1];
        WeakReference<Recorder> handler = busyConnection(connection, new Peer[1]);
        test.onLoop(connection[0]::abort);
        assertCollected(handler);
        assertFalse(connection[0].isOpen(), "whoever keeps the connection keeps the connection alone");
    }

    @Test
    void case46_aConnectionThatWasResetKeepsNotItsHandler() {
        Connection[] connection = new Connection[1];
        Peer[] peer = new Peer[1];
        WeakReference<Recorder> handler = busyConnection(connection, peer);
        peer[0].reset();
        assertCollected(handler);
        assertFalse(connection[0].isOpen());
    }

    @Test
    void case46_aConnectionThatWasClosedKeepsNotItsHandler() {
        Connection[] connection = new Connection[1];
        Peer[] peer = new Peer[1];
        WeakReference<Recorder> handler = busyConnection(connection, peer);
        test.onLoop(connection[0]::close);
        peer[0].receivesEnd();
        peer[0].close();
        assertCollected(handler);
        assertFalse(connection[0].isOpen());
    }

    @Test
    void case46_aConnectThatFailedKeepsNotItsHandler() {
        Listener gone = test.listen(connection -> new Recorder());
        gone.close();
        test.settle();
        Connection[] connection = new Connection[1];
        WeakReference<Recorder> handler = connect(gone, connection);
        assertCollected(handler);
        assertFalse(connection[0].isOpen());
    }

    private WeakReference<Recorder> connect(Listener listener, Connection[] kept) {
        Recorder recorder = new Recorder();
        kept[0] =
                test.loop.connect(listener.local(), recorder, ConnectOptions.DEFAULTS.withTimeout(Duration.ofDays(1)));
        return new WeakReference<>(recorder);
    }

    @Test
    void case46_aConnectionOfAnotherBackendThanTheFirstKeepsNotItsHandler() throws IOException {
        Connection[] connection = new Connection[1];
        WeakReference<Recorder> handler = busyConnection(connection, new Peer[1]);
        test.loop.moveTo(new NioBackend());
        test.settle();
        test.loop.moveTo(NoBackend.INSTANCE);
        test.onLoop(connection[0]::abort);
        assertCollected(handler);
        assertFalse(connection[0].isOpen());
    }

    @Test
    void case46_aListenerThatWasClosedKeepsNotItsProtocol() {
        WeakReference<Object> bundle = listenAndClose();
        assertCollected(bundle);
    }

    private WeakReference<Object> listenAndClose() {
        Object bundle = new Object();
        test.listen(connection -> {
                    assertFalse(bundle.toString().isEmpty());
                    return new Recorder();
                })
                .close();
        return new WeakReference<>(bundle);
    }

    @Test
    void case46_eventsThatWereClosedKeepNotTheirHandlers() throws IOException {
        WeakReference<Object> bundle = eventsOpenedAndClosed();
        assertCollected(bundle);
    }

    private WeakReference<Object> eventsOpenedAndClosed() throws IOException {
        Object bundle = new Object();
        Watch watch = test.loop
                .watch(test.pipe().source(), Interest.READ, (_, _) -> assertTrue(bundle.hashCode() == 0))
                .idleTimeout(Duration.ofDays(1), _ -> assertTrue(bundle.hashCode() == 0));
        Handle after = test.loop.after(Duration.ofDays(1), event -> assertTrue(bundle.hashCode() == 0));
        Handle every = test.loop.every(Duration.ofDays(1), event -> assertTrue(bundle.hashCode() == 0));
        Handle signal = test.loop.onSignal("URG", event -> assertTrue(bundle.hashCode() == 0));
        DatagramPort port = test.loop.bind(TestLoop.anyPort(), (at, data, from) -> assertTrue(bundle.hashCode() == 0));
        test.settle();
        watch.close();
        after.close();
        every.close();
        signal.close();
        port.close();
        return new WeakReference<>(bundle);
    }

    @Test
    void case46_aReactorThatWasClosedIsCollectedItself() throws IOException {
        WeakReference<EventLoop> loop = loopOpenedAndClosed();
        assertCollected(loop);
    }

    private static WeakReference<EventLoop> loopOpenedAndClosed() throws IOException {
        EventLoop loop = new EventLoop(new NioBackend());
        loop.onSignal("URG", event -> {});
        loop.every(Duration.ofDays(1), event -> {});
        loop.listen(TestLoop.anyPort(), connection -> new Recorder());
        loop.close();
        return new WeakReference<>(loop);
    }
}
