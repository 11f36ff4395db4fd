package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Listener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.tck.loop.Bytes;
import org.pollux.reactor.tck.loop.FullListener;
import org.pollux.reactor.tck.loop.Peer;
import org.pollux.reactor.tck.loop.Recorder;

/** Streams, listeners and UDP across a swap: nothing is lost, and handlers notice nothing. */
@ParameterizedClass
@EnumSource
class SwapTest {

    /** Ways from one poller to another. */
    enum Way {
        STRAIGHT,
        THROUGH_NOTHING,
        TWICE
    }

    @Parameter
    Way way = Way.STRAIGHT;

    private final TestLoop test;
    private final Recorder recorder = new Recorder();

    SwapTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void swap() {
        switch (way) {
            case STRAIGHT -> move(new NioBackend());
            case THROUGH_NOTHING -> {
                move(NoBackend.INSTANCE);
                test.settle();
                move(new NioBackend());
            }
            case TWICE -> {
                move(new NioBackend());
                test.turn();
                move(new NioBackend());
            }
        }
    }

    private void move(Backend next) {
        try {
            test.loop.moveTo(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void case47_bytesUnreadInTheKernelComeOnce() {
        Peer peer = test.accept(recorder);
        peer.sendSome(Bytes.of("unread"));
        swap();
        test.settle();
        assertEquals("unread", recorder.text());
        peer.send(", and more");
        test.settle();
        assertEquals("unread, and more", recorder.text());
    }

    @Test
    void case47_bytesUnsentInTheQueueGoOut() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        while (peer.received().length < data.length) {
            peer.receiveSome();
            test.turn();
            swap();
        }
        assertArrayEquals(data, peer.received());
        test.settle();
        assertEquals(List.of("open", "drained"), recorder.log());
    }

    @Test
    void case47_whatAHandlerLeftUnreadIsPresentedAgain() {
        Recorder leaving = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (in.remaining() > 4) {
                    take(in);
                }
            }
        };
        Peer peer = test.accept(leaving);
        peer.send("left");
        test.settle();
        swap();
        peer.send(" behind");
        test.settle();
        assertEquals("left behind", leaving.text());
    }

    @Test
    void case47_aStreamHalfClosedByThePeerGoesOn() {
        Recorder late = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {}
        };
        Peer peer = test.accept(late);
        peer.send("question").closeOutput();
        test.turnUntil("its end is heard", () -> late.log().contains("inputClosed"));
        swap();
        test.settle();
        assertEquals(List.of("open", "data", "inputClosed"), late.log(), "and is not heard again");
        test.onLoop(() -> {
            late.connection().write(Bytes.of("answer"));
            late.connection().close();
        });
        peer.receives("answer");
        peer.receivesEnd();
    }

    @Test
    void case47_aStreamHalfClosedByUsGoesOn() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().closeOutput());
        swap();
        peer.receivesEnd();
        peer.send("still heard").closeOutput();
        test.turnUntil("it ends", recorder::isClosed);
        assertEquals("still heard", recorder.text());
    }

    @Test
    void case47_aPausedReaderStaysPausedUntilItResumes() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().pauseReading());
        peer.send("wait");
        swap();
        test.settle();
        assertEquals(List.of("open"), recorder.log());
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals("wait", recorder.text());
    }

    @Test
    void case47_aConnectionThatIsClosingFlushesAndEnds() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().close();
        });
        swap();
        assertArrayEquals(data, peer.receive(data.length));
        swap();
        peer.receivesEnd();
        peer.close();
        test.turnUntil("it ends", recorder::isClosed);
        assertTrue(recorder.cause().isEmpty());
    }

    @Test
    void case47_aConnectUnderWaySucceedsOnce() throws IOException {
        try (FullListener full = new FullListener()) {
            Connection connection = test.loop.connect(full.address(), c -> recorder, Duration.ofSeconds(1));
            test.settle();
            swap();
            full.acceptAll();
            test.turnUntil("it is established", () -> recorder.log().contains("open"));
            test.settle();
            assertEquals(List.of("open"), recorder.log());
            assertTrue(connection.isOpen());
        }
    }

    @Test
    void case47_aConnectUnderWayKeepsItsTimeout() throws IOException {
        try (FullListener full = new FullListener()) {
            test.loop.connect(full.address(), c -> recorder, Duration.ofSeconds(1));
            test.pass(Duration.ofMillis(600));
            swap();
            test.pass(Duration.ofMillis(399));
            assertEquals(List.of(), recorder.log());
            test.pass(Duration.ofMillis(1));
            assertEquals(List.of("closed"), recorder.log());
        }
    }

    @Test
    void case47_aConnectThatIsEstablishedButNotSeenYetIsSeen() {
        Recorder far = new Recorder();
        try (Listener listener = test.listen(connection -> far)) {
            Connection connection = test.loop.connect(listener.local(), c -> recorder, Duration.ZERO);
            connection.write(Bytes.of("early"));
            swap();
            test.turnUntil("it comes", () -> far.text().equals("early"));
            assertEquals(List.of("open"), recorder.log());
        }
    }

    @Test
    void case47_aListenersBacklogIsAccepted() {
        List<Recorder> accepted = new ArrayList<>();
        try (Listener listener = test.listen(connection -> {
            accepted.add(new Recorder());
            return accepted.getLast();
        })) {
            for (int i = 0; i < 100; i++) {
                test.dial(listener.local());
            }
            swap();
            test.turnUntil("all are accepted", () -> accepted.size() == 100);
            Peer late = test.dial(listener.local()).send("and later ones");
            test.turnUntil("it comes", () -> accepted.getLast().text().equals("and later ones"));
            assertTrue(late.isConnected());
            assertEquals(101, accepted.size());
        }
    }

    @Test
    void case47_datagramsThatWaitAreReceived() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        try (DatagramPort port =
                        test.loop.bind(TestLoop.anyPort(), p -> (at, data, from) -> sizes.add(data.remaining()));
                DatagramChannel sender = DatagramChannel.open()) {
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, sender.send(ByteBuffer.allocate(i), port.local()));
            }
            swap();
            test.settle();
            assertEquals(List.of(1, 2, 3), sizes);
        }
    }

    @Test
    void case47_unixDomainSocketsGoOn(@TempDir Path folder) throws IOException {
        var address = java.net.UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (Listener listener = test.loop.listen(address, connection -> recorder)) {
            Peer peer = test.dial(listener.local());
            peer.sendSome(Bytes.of("hello"));
            swap();
            test.turnUntil("it comes", () -> recorder.text().equals("hello"));
            swap();
            test.onLoop(() -> recorder.connection().write(Bytes.of("hello, too")));
            peer.receives("hello, too");
        }
    }

    @Test
    void case47_aConnectionThatEndedInTheSameTurnIsToldOnceAndAResetIsSeen() {
        Recorder reset = new Recorder();
        Peer first = test.accept(recorder);
        Peer second = test.accept(reset);
        test.loop.execute(() -> {
            recorder.connection().abort();
            swapInside();
        });
        second.reset();
        test.turnUntil("both end", () -> recorder.isClosed() && reset.isClosed());
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertEquals(List.of("open", "closed"), reset.log());
        assertTrue(reset.cause().isPresent());
        first.receivesReset();
        assertFalse(test.loop.sources().size() > 1);
    }

    /** Inside a task no turn can be made between two moves. */
    private void swapInside() {
        if (way != Way.STRAIGHT) {
            move(NoBackend.INSTANCE);
        }
        move(new NioBackend());
    }
}
