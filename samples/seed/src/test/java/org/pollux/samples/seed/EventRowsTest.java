package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;

/** The rows about watched channels. */
@ParameterizedClass
@EnumSource
class EventRowsTest extends RowsTest {

    EventRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    // ---- make-event

    @Test
    void makeEvent() throws IOException {
        SelectableChannel socket = ready();
        Watch made = reactor.watch(socket, Interest.READ, (watch, ready) -> {
            assertTrue(ready.reads());
            assertSame(socket, watch.channel());
            log.add(read(watch) + " bytes");
        });
        made.idleTimeout(Duration.ofMillis(20), watch -> {
            log.add("nothing came for a while");
            watch.close();
        });
        reactor.run();
        assertEquals(List.of("1 bytes", "nothing came for a while"), log);
    }

    @Test
    void makeEventOnAnyChannel(@TempDir Path folder) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (SocketChannel tcp = connectedTo(StandardProtocolFamily.INET, any);
                SocketChannel unix =
                        connectedTo(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(folder.resolve("socket")));
                DatagramChannel udp = DatagramChannel.open().bind(any)) {
            udp.send(ByteBuffer.wrap(new byte[1]), udp.getLocalAddress());
            for (SelectableChannel channel : List.of(tcp, unix, udp, ready())) {
                channel.configureBlocking(false);
                reactor.watch(channel, Interest.READ, noteReady("ready")).once();
            }
            reactor.run();
            assertEquals(List.of("ready", "ready", "ready", "ready"), log);
        }
    }

    /** A client whose server has sent a byte. */
    private static SocketChannel connectedTo(StandardProtocolFamily family, SocketAddress address) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(family).bind(address)) {
            SocketChannel client = SocketChannel.open(family);
            client.connect(server.getLocalAddress());
            try (SocketChannel accepted = server.accept()) {
                accepted.write(ByteBuffer.wrap(new byte[1]));
            }
            return client;
        }
    }

    @Test
    void makeEventWithAnError() throws IOException {
        try (SocketChannel socket = resetByItsPeer()) {
            reactor.watch(socket, Interest.READ, (watch, _) -> {
                try {
                    socket.read(ByteBuffer.allocate(100));
                } catch (SocketException reset) {
                    log.add(reset.getMessage());
                    watch.close();
                }
            });
            reactor.run();
            assertEquals(List.of("Connection reset"), log);
        }
    }

    private static SocketChannel resetByItsPeer() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(server.getLocalAddress());
            client.configureBlocking(false);
            server.accept().setOption(StandardSocketOptions.SO_LINGER, 0).close();
            return client;
        }
    }

    // ---- another interest

    @Test
    void changeOfInterest() throws IOException {
        try (Exchange exchange = new Exchange()) {
            ByteBuffer question = UTF_8.encode("question");
            reactor.watch(exchange.socket, Interest.WRITE, (watch, ready) -> {
                if (ready.writes()) {
                    exchange.socket.write(question);
                    watch.interest(Interest.READ);
                } else {
                    log.add("response of " + read(watch));
                    watch.close();
                }
            });
            reactor.run();
            assertEquals(List.of("response of 8"), log);
        }
    }

    @Test
    void changeOfInterestByAnotherEvent() throws IOException {
        try (Exchange exchange = new Exchange()) {
            ByteBuffer question = UTF_8.encode("question");
            reactor.watch(exchange.socket, Interest.WRITE, (writer, _) -> {
                exchange.socket.write(question);
                writer.close();
                reactor.watch(exchange.socket, Interest.READ, (reader, _) -> {
                    log.add("response of " + read(reader));
                    reader.close();
                });
            });
            reactor.run();
            assertEquals(List.of("response of 8"), log);
        }
    }

    /** A socket whose peer sends back eight bytes when eight have come, on the same reactor. */
    private final class Exchange implements AutoCloseable {

        private final SocketChannel socket;
        private final SocketChannel peer;

        Exchange() throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                socket = SocketChannel.open(server.getLocalAddress());
                peer = server.accept();
            }
            socket.configureBlocking(false);
            peer.configureBlocking(false);
            reactor.watch(peer, Interest.READ, (watch, _) -> {
                ByteBuffer bytes = ByteBuffer.allocate(8);
                peer.read(bytes);
                peer.write(bytes.flip());
                watch.close();
            });
        }

        @Override
        public void close() throws IOException {
            socket.close();
            peer.close();
        }
    }

    // ---- kill-event

    @Test
    void killEvent() throws IOException {
        Watch watch = reactor.watch(ready(), Interest.READ, noteReady("never"));
        watch.close();
        reactor.run();
        assertEquals(List.of(), log);
        assertTrue(watch.channel().isOpen());
    }

    @Test
    void killEventInItsOwnCallback() throws IOException {
        reactor.watch(ready(), Interest.READ, (watch, _) -> {
            log.add("called once");
            watch.close();
        });
        reactor.run();
        assertEquals(List.of("called once"), log);
    }

    @Test
    void killEventThatIsReadyInTheSameTurn() throws IOException {
        List<Watch> both = new ArrayList<>();
        WatchHandler first = (_, _) -> {
            log.add("one of them");
            both.forEach(Watch::close);
        };
        both.add(reactor.watch(ready(), Interest.READ, first));
        both.add(reactor.watch(ready(), Interest.READ, first));
        reactor.run();
        assertEquals(List.of("one of them"), log);
    }

    // ---- write-event-buffer, get-event-storage

    @Test
    void eventStorage() throws IOException {
        Watch watch = reactor.watch(silent(), Interest.READ, noteReady("never"));
        watch.storage().append(UTF_8.encode("what came, ")).append(UTF_8.encode("and more"));
        ByteBuffer content = watch.storage().content();
        assertEquals("what came, and more", UTF_8.decode(content).toString());
    }

    @Test
    void eventStorageIsBoundedWhenAsked() throws IOException {
        Watch watch = reactor.watch(silent(), Interest.READ, noteReady("never"));
        watch.storage().limit(8).append(UTF_8.encode("eight is"));
        assertThrows(BufferOverflowException.class, () -> watch.storage().append(UTF_8.encode("!")));
        assertEquals(8, watch.storage().size());
    }

    // ---- watch, watch-once, unwatch

    @Test
    void watchAndUnwatch() throws IOException {
        reactor.watch(ready(), Interest.READ, (watch, _) -> {
            log.add("ready");
            if (log.size() == 3) {
                watch.close();
            }
        });
        reactor.run();
        assertEquals(List.of("ready", "ready", "ready"), log);
    }

    @Test
    void watchOnce() throws IOException {
        Watch watch = reactor.watch(ready(), Interest.READ, noteReady("ready")).once();
        assertFalse(watch.isClosed());
        reactor.run();
        assertEquals(List.of("ready"), log);
        assertTrue(watch.isClosed());
    }

    private static int read(Watch watch) throws IOException {
        return ((ReadableByteChannel) watch.channel()).read(ByteBuffer.allocate(100));
    }
}
