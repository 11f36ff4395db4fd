package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.runtime.net.OwnDatagrams;
import org.pollux.reactor.runtime.net.UdpPort;

/** UDP. */
class UdpPortTest {

    private final TestLoop test;
    private final DatagramChannel sender = DatagramChannel.open();
    private final List<String> log = new ArrayList<>();

    UdpPortTest() throws IOException {
        test = new TestLoop();
        sender.configureBlocking(false);
        sender.bind(TestLoop.anyPort());
    }

    @AfterEach
    void close() throws IOException {
        test.close();
        sender.close();
    }

    /** Echoes, notes, and does one thing more. */
    private final class Echo implements DatagramHandler {

        private final Consumer<DatagramPort> more;

        Echo(Consumer<DatagramPort> more) {
            this.more = more;
        }

        @Override
        public void onDatagram(DatagramPort port, ByteBuffer data, SocketAddress from) {
            log.add(data.remaining() + " bytes");
            assertTrue(port.send(data, from));
            more.accept(port);
        }

        @Override
        public void onClosed(DatagramPort port, @Nullable Throwable cause) {
            log.add("closed " + (cause != null));
        }
    }

    private DatagramPort bind(Consumer<DatagramPort> more) throws IOException {
        return test.loop.bind(TestLoop.anyPort(), new Echo(more));
    }

    private void send(DatagramPort port, int size) throws IOException {
        assertEquals(size, sender.send(ByteBuffer.allocate(size), port.local()));
    }

    private int receive() {
        ByteBuffer data = ByteBuffer.allocate(70_000);
        test.turnUntil("a datagram comes", () -> {
            try {
                return sender.receive(data) != null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return data.position();
    }

    @Test
    void datagramsComeWholeAndAreAnswered() throws IOException {
        DatagramPort port = bind(p -> {});
        for (int size : new int[] {1, 0, 1400, 60_000}) {
            send(port, size);
            assertEquals(size, receive());
        }
        assertEquals(List.of("1 bytes", "0 bytes", "1400 bytes", "60000 bytes"), log);
        assertSame(test.loop, port.reactor());
    }

    @Test
    void aHandlerThatFailsLosesTheDatagramAndNothingElse() throws IOException {
        try (CapturedLog captured = new CapturedLog()) {
            boolean[] fails = {true};
            DatagramPort port = bind(p -> {
                if (fails[0]) {
                    fails[0] = false;
                    throw new StackOverflowError("made to fail");
                }
            });
            send(port, 1);
            send(port, 2);
            assertEquals(1, receive());
            assertEquals(2, receive());
            captured.says("made to fail");
        }
    }

    @Test
    void case1_aPortClosedInItsOwnCallbackGetsNoMoreDatagrams() throws IOException {
        DatagramPort port = bind(DatagramPort::close);
        send(port, 1);
        send(port, 2);
        test.settle();
        assertEquals(List.of("1 bytes", "closed false"), log);
        port.close();
        test.settle();
        assertEquals(List.of("1 bytes", "closed false"), log, "closing again is harmless");
        assertEquals(1, test.inside.sources().size());
        assertThrows(UncheckedIOException.class, () -> port.send(ByteBuffer.allocate(1), sender.getLocalAddress()));
    }

    @Test
    void aPortThatItsProtocolClosesWhileItIsOpenedIsClosed() throws IOException {
        UdpPort port = UdpPort.open(test.inside, TestLoop.anyPort(), opening -> {
            opening.close();
            return new Echo(p -> {});
        });
        test.settle();
        assertEquals(List.of("closed false"), log);
        assertEquals(1, test.inside.sources().size());
        assertFalse(port.channel().isOpen());
    }

    @Test
    void closingAPortWhoseChannelWasHandedOnLeavesTheChannelOpen() throws IOException {
        DatagramPort port = bind(p -> {});
        DatagramChannel channel = ((UdpPort) port).channel();
        ((UdpPort) port).release();
        port.close();
        test.settle();
        assertEquals(List.of("closed false"), log);
        assertTrue(channel.isOpen());
        UdpPort.receive(test.inside, channel, port.local(), new OwnDatagrams(), successor -> new Echo(p -> {}));
        send(port, 5);
        assertEquals(5, receive());
    }

    @Test
    void aPortThatIsReleasedAfterItWasClosedHearsOfTheEndOnce() throws IOException {
        DatagramPort port = bind(p -> {});
        port.close();
        ((UdpPort) port).release();
        test.settle();
        assertEquals(List.of("closed false"), log);
    }

    @Test
    void aProtocolThatFailsLeavesNothingBehind() {
        InetSocketAddress address = TestLoop.anyPort();
        assertThrows(
                IllegalStateException.class,
                () -> UdpPort.open(test.inside, address, port -> {
                    throw new IllegalStateException("made to fail");
                }));
        assertEquals(1, test.inside.sources().size());
    }

    @Test
    void anAddressInUseIsRefused() throws IOException {
        SocketAddress taken = sender.getLocalAddress();
        assertThrows(BindException.class, () -> test.loop.bind(taken, new Echo(p -> {})));
        assertThrows(
                BindException.class,
                () -> test.loop.bind(InetSocketAddress.createUnresolved("nowhere", 1), new Echo(p -> {})));
    }

    @Test
    void whatCannotBeSentAtAllIsSaid() throws IOException {
        DatagramPort port = bind(p -> {});
        SocketAddress to = sender.getLocalAddress();
        assertThrows(UncheckedIOException.class, () -> port.send(ByteBuffer.allocate(70_000), to));
        assertTrue(port.send(ByteBuffer.allocate(10), to));
        assertEquals(10, receive());
    }

    @Test
    void aDatagramThatSaysItComesFromTheReceiverIsDropped() throws IOException {
        try (CapturedLog captured = new CapturedLog()) {
            DatagramPort port = bind(p -> {});
            assertTrue(port.send(ByteBuffer.allocate(1), port.local()), "it has the port's own source");
            send(port, 5);
            assertEquals(5, receive());
            test.settle();
            assertEquals(List.of("5 bytes"), log, "an echo would talk to itself for ever");
            captured.says("it is forged, and dropped");
        }
    }

    @Test
    void aPeerThatMakesTheHandlerFailDoesNotFillTheLog() throws IOException {
        try (CapturedLog captured = new CapturedLog()) {
            DatagramPort port = bind(p -> {
                throw new IllegalStateException("made to fail");
            });
            for (int i = 0; i < 100; i++) {
                send(port, 1);
                assertEquals(1, receive());
            }
            assertEquals(100, log.size());
            captured.says("made to fail");
            assertTrue(captured.lines() < 100, "lines: " + captured.lines());
        }
    }
}
