package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.runtime.net.Acceptor;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Listening and accepting. */
class ListenerTest {

    private final TestLoop test;
    private final List<Recorder> accepted = new ArrayList<>();

    ListenerTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Recorder accept(Connection connection) {
        assertTrue(connection.isOpen());
        accepted.add(new Recorder());
        return accepted.getLast();
    }

    @Test
    void theSystemKeepsAsManyConnectionsAsTheBacklogSays() throws IOException {
        try (Listener small =
                        test.loop.listen(TestLoop.anyPort(), this::accept, ListenOptions.DEFAULTS.withBacklog(1));
                Listener usual = test.listen(this::accept)) {
            assertTrue(establishedOfTen(small) <= 2, "Linux keeps one more than the backlog");
            assertEquals(10, establishedOfTen(usual));
        }
        assertThrows(IllegalArgumentException.class, () -> new ListenOptions(0));
    }

    /** On loopback the system has established a connection, or keeps it waiting, when connect returns. */
    private int establishedOfTen(Listener listener) throws IOException {
        int established = 0;
        for (int i = 0; i < 10; i++) {
            SocketChannel client = test.closing(SocketChannel.open());
            client.configureBlocking(false);
            client.connect(listener.local());
            established += client.finishConnect() ? 1 : 0;
        }
        return established;
    }

    @Test
    void manyConnectionsAreAcceptedEachWithAHandlerOfItsOwn() {
        try (Listener listener = test.listen(this::accept)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                peers.add(test.dial(listener.local()).send("" + i));
            }
            test.turnUntil(
                    "all are served",
                    () -> accepted.stream().filter(r -> !r.text().isEmpty()).count() == 200);
            assertEquals(200, accepted.stream().map(Recorder::text).distinct().count());
            assertEquals(
                    peers.getFirst().local(), accepted.getFirst().connection().remote());
            assertEquals(listener.local(), accepted.getFirst().connection().local());
            assertEquals(200, test.inside.counters().connections());
        }
    }

    @Test
    void closingAListenerKeepsTheConnectionsThatWereAccepted() {
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder); // whose listener is closed by now
        peer.send("still there");
        test.settle();
        assertEquals("still there", recorder.text());
    }

    @Test
    void case44_aListenerMayBeClosedInItsOwnCallback() {
        Listener[] listener = new Listener[1];
        listener[0] = test.listen(connection -> {
            listener[0].close();
            listener[0].close();
            return accept(connection);
        });
        Peer first = test.dial(listener[0].local());
        Peer second = test.dial(listener[0].local());
        test.settle();
        assertEquals(1, accepted.size());
        assertTrue(first.isConnected());
        second.receivesReset();
        assertEquals(2, test.inside.sources().size());
    }

    @Test
    void anAddressInUseIsRefusedAndAnUnknownOneToo() {
        try (Listener listener = test.listen(this::accept)) {
            SocketAddress taken = listener.local();
            assertThrows(BindException.class, () -> test.loop.listen(taken, this::accept));
            assertThrows(
                    BindException.class,
                    () -> test.loop.listen(InetSocketAddress.createUnresolved("nowhere", 0), this::accept));
            assertThrows(BindException.class, () -> test.loop.listen(new SocketAddress() {}, this::accept));
        }
        assertEquals(1, test.inside.sources().size());
    }

    @Test
    void aPausedAcceptorLeavesConnectionsInTheBacklog() throws IOException {
        Acceptor acceptor =
                Acceptor.open(test.inside, TestLoop.anyPort(), ListenOptions.DEFAULTS, SocketChannel::close);
        acceptor.pause();
        Peer peer = test.dial(acceptor.local());
        assertTrue(peer.isConnected());
        acceptor.resume();
        peer.receivesEnd();
        acceptor.close();
    }

    @Test
    void aConnectionThatCannotBeTakenOverIsClosedAndTheOthersAreAccepted() throws IOException {
        int[] calls = {0};
        try (CapturedLog captured = new CapturedLog();
                Acceptor acceptor = Acceptor.open(test.inside, TestLoop.anyPort(), ListenOptions.DEFAULTS, channel -> {
                    switch (calls[0]++) {
                        case 0 -> throw new IOException("made to fail");
                        case 1 -> throw new IllegalStateException("made to fail");
                        case 2 -> throw new StackOverflowError("made to fail");
                        default -> channel.close();
                    }
                })) {
            for (int i = 0; i < 4; i++) {
                test.dial(acceptor.local()).receivesEnd();
            }
            assertEquals(4, calls[0]);
            captured.says("made to fail");
        }
    }

    @Test
    void aUnixDomainSocketsFileIsMadeAndDeleted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("socket");
        SocketAddress address = UnixDomainSocketAddress.of(file);
        for (int i = 0; i < 2; i++) {
            try (Listener listener = test.loop.listen(address, this::accept)) {
                assertEquals(address, listener.local());
                Peer peer = test.dial(address).send("hello");
                test.turnUntil(
                        "it comes",
                        () -> !accepted.isEmpty() && accepted.getLast().text().equals("hello"));
                test.onLoop(() -> {
                    accepted.getLast().connection().write(Bytes.of("hello, too"));
                    accepted.getLast().connection().close();
                });
                peer.receives("hello, too");
                peer.receivesEnd();
                peer.close();
                accepted.clear();
            }
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void aFileThatADeadListenerLeftIsReplacedAndThatOfALivingOneIsNot(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("socket");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(address);
        }
        assertTrue(Files.exists(file), "left behind");
        try (Listener listener = test.loop.listen(address, this::accept)) {
            assertThrows(BindException.class, () -> test.loop.listen(address, this::accept));
            Peer peer = test.dial(listener.local());
            assertTrue(peer.isConnected());
        }
        Files.writeString(file, "somebody's data");
        assertThrows(BindException.class, () -> test.loop.listen(address, this::accept));
        assertEquals("somebody's data", Files.readString(file));
    }
}
