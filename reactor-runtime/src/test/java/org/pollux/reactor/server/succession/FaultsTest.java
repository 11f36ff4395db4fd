package org.pollux.reactor.server.succession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.succession.House.TCP;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.server.succession.Message.Kind;
import org.pollux.reactor.spi.base.JdkChannels;

/** A succession in which the other process does not do what it should. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class FaultsTest {

    private static final Message HELLO = Message.of(Kind.HELLO, Message.VERSION, "2");
    private static final Message READY = Message.of(Kind.READY);

    @TempDir
    private Path home;

    @BeforeEach
    void makeRun() throws IOException {
        Files.createDirectory(home.resolve("run"));
    }

    /** A successor by hand. The predecessor opens its door anew after each one. */
    private Wire knock(House old) throws IOException {
        return new Wire(connected(old));
    }

    private SocketChannel connected(House old) throws IOException {
        long deadline = System.nanoTime() + House.DEADLINE.toNanos();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(old.door()));
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /**
     * A successor that has got the sockets. Who connects in the moment in which the predecessor closes its door for the one before
     * hears the end, and knocks again.
     */
    private Wire greeted(House old) throws IOException {
        long deadline = System.nanoTime() + House.DEADLINE.toNanos();
        while (true) {
            Wire wire = knock(old);
            try {
                wire.send(HELLO);
                receiveSockets(wire);
                return wire;
            } catch (IOException e) {
                wire.close();
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private static Message next(Wire wire) throws IOException {
        Wire.Received received = wire.receive(House.DEADLINE).orElseThrow();
        SocketMessages.close(received.descriptors());
        return received.message();
    }

    /** Passes over the sockets. */
    private static void receiveSockets(Wire wire) throws IOException {
        while (next(wire).kind() != Kind.SOCKETS) {
            // the next one
        }
    }

    private static void ends(Wire wire) {
        assertThrows(EOFException.class, () -> wire.receive(House.DEADLINE));
    }

    @Test
    void aSuccessorThatEndsBeforeGoCostsNothing() throws Exception {
        try (House old = House.serving(home, "A", TCP)) {
            try (Wire wire = knock(old)) { // the first one: a later one may have to knock again
                wire.send(HELLO);
            }
            knock(old).close();
            Wire wire = greeted(old);
            assertEquals("A", House.asked(old.address(TCP)));
            wire.close();
            assertEquals("A", House.asked(old.address(TCP)));
            assertEquals(List.of(), old.unheard());
        }
    }

    @Test
    void aSuccessorThatEndsAfterGoGivesTheSocketsBack() throws Exception {
        Patience looksOn =
                new Patience(House.DEADLINE, House.DEADLINE, House.DEADLINE); // though nothing is left to drain
        try (House old = House.serving(home, looksOn, "A", TCP, "unix:a.sock")) {
            SocketAddress tcp = old.address(TCP);
            for (int i = 0; i < 2; i++) {
                SocketChannel waiting;
                try (Wire wire = greeted(old)) {
                    wire.send(READY);
                    assertEquals(Kind.GO, next(wire).kind());
                    assertEquals("left", old.hears());
                    waiting = SocketChannel.open(tcp); // nobody accepts it yet
                }
                assertEquals("back", old.hears());
                assertEquals("A", House.greeting(waiting));
                waiting.close();
            }
            assertEquals("A", House.asked(old.address("unix:a.sock")));
        }
    }

    @Test
    void aFaultOfThePredecessorAfterGoLeavesTheSuccessorToServe() throws Exception {
        try (House old = House.serving(home, "A", TCP)) {
            Wire wire = greeted(old);
            old.becomeFaulty();
            wire.send(READY);
            assertEquals(Kind.GO, next(wire).kind());
            assertEquals("end", old.hears());
            assertEquals(Kind.BYE, next(wire).kind());
            ends(wire);
            wire.close();
        }
    }

    @Test
    void aSuccessorThatSaysNothingIsGivenUpAndDoesNotTakeThatForAnEnd() throws Exception {
        Patience short_ = new Patience(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ZERO);
        try (House old = House.serving(home, short_, "A", TCP)) {
            try (Wire silent = knock(old)) {
                assertEquals(Kind.NO, next(silent).kind());
                ends(silent);
            }
            try (Wire silent = greeted(old)) {
                assertEquals(Kind.NO, next(silent).kind());
                ends(silent);
            }
            assertEquals("A", House.asked(old.address(TCP)));
        }
    }

    @Test
    void anotherVersionOfTheProtocolIsRefusedWithTheRemedy() throws Exception {
        try (House old = House.serving(home, "A", TCP);
                Wire wire = knock(old)) {
            wire.send(Message.of(Kind.HELLO, "7", "2"));
            Message refused = next(wire);
            assertEquals(Kind.NO, refused.kind());
            assertTrue(refused.word(0).contains("version 1") && refused.word(0).contains("start"), refused.word(0));
        }
    }

    @Test
    void bytesThatAreNoMessageEndTheConversation() throws Exception {
        try (House old = House.serving(home, "A", TCP)) {
            for (ByteBuffer bytes : List.of(
                    ByteBuffer.allocate(4).putInt(Message.LONGEST + 1),
                    ByteBuffer.allocate(4).putInt(-1),
                    ByteBuffer.allocate(5).putInt(1),
                    ByteBuffer.allocate(12).putInt(8))) {
                try (SocketChannel raw = connected(old)) {
                    raw.write(bytes.rewind());
                    try (Wire wire = new Wire(raw)) {
                        assertEquals(Kind.NO, next(wire).kind());
                        ends(wire);
                    }
                }
            }
            assertEquals("A", House.asked(old.address(TCP)));
        }
    }

    @Test
    void aMessageWithTooFewBytesIsNotTakenForTheSuccessorsEnd() throws Exception {
        try (House old = House.serving(home, "A", TCP);
                SocketChannel raw = connected(old);
                Wire wire = new Wire(raw)) {
            wire.send(HELLO);
            receiveSockets(wire);
            wire.send(READY);
            assertEquals(Kind.GO, next(wire).kind());
            assertEquals("left", old.hears());
            raw.write(ByteBuffer.allocate(5).putInt(1).rewind());
            assertEquals("end", old.hears());
        }
    }

    @Test
    void descriptorsThatThePredecessorDoesNotWantAreClosed() throws Exception {
        Pipe before = Pipe.open();
        Pipe after = Pipe.open();
        try (House old = House.serving(home, "A", TCP);
                Wire wire = greeted(old)) {
            wire.send(READY, List.of(JdkChannels.descriptor(before.sink())));
            assertEquals(Kind.GO, next(wire).kind());
            wire.send(Message.of(Kind.PROBLEM, "of no interest"), List.of(JdkChannels.descriptor(after.sink())));
            for (Pipe pipe : List.of(before, after)) {
                pipe.sink().close();
                assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1)), "nobody else has it open");
            }
        }
    }

    @Test
    void aMessageWithTwoDescriptorsEndsTheConversationBeforeItIsWhole() throws Exception {
        Pipe pipe = Pipe.open();
        try (House old = House.serving(home, "A", TCP);
                SocketChannel raw = connected(old);
                Wire wire = new Wire(raw)) {
            int sink = JdkChannels.descriptor(pipe.sink());
            SocketMessages.send(
                    JdkChannels.descriptor(raw),
                    ByteBuffer.allocate(5).putInt(100).rewind(),
                    List.of(sink, sink));
            pipe.sink().close();
            assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1)), "nobody else has it open");
            assertTrue(next(wire).word(0).contains("2 descriptors"));
        }
    }

    @Test
    void aSecondSuccessorIsRefusedWhileOneIsThere() throws Exception {
        try (House old = House.serving(home, "A", TCP);
                Wire first = knock(old)) {
            first.send(HELLO);
            receiveSockets(first);
            assertThrows(
                    IOException.class,
                    () -> SocketChannel.open(UnixDomainSocketAddress.of(old.door()))
                            .close());
        }
    }

    @Test
    void aPredecessorThatIsToldToStopTakesTheSuccessorWithIt() throws Exception {
        House old = House.serving(home, "A", TCP);
        try (Wire wire = knock(old)) {
            wire.send(HELLO);
            receiveSockets(wire);
            old.close();
            assertEquals(Kind.NO, next(wire).kind());
        }
    }

    // ---- a predecessor by hand

    private ServerSocketChannel door() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(home.resolve("run/upgrade.sock")));
    }

    /** Lets a successor come in, which gets a listening socket. */
    private Wire pass(ServerSocketChannel door, ServerSocketChannel listening) throws IOException {
        Wire wire = new Wire(door.accept());
        assertEquals(HELLO, next(wire));
        wire.send(Message.of(Kind.SOCKET, TCP, "protocol of " + TCP, "false"), descriptor(listening));
        return wire;
    }

    private static List<Integer> descriptor(ServerSocketChannel channel) {
        return List.of(JdkChannels.descriptor(channel));
    }

    private Thread knocking(House[] made) {
        return Thread.ofPlatform().start(() -> {
            try {
                made[0] = House.following(home, "B", TCP);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aSuccessorWhosePredecessorDiesWithTheSocketsPassedGoesOnAlone() throws Exception {
        House[] made = new House[1];
        try (ServerSocketChannel door = door();
                ServerSocketChannel listening = ServerSocketChannel.open().bind(null)) {
            Thread knocking = knocking(made);
            try (Wire wire = pass(door, listening)) {
                wire.send(Message.of(Kind.SOCKETS, "1"));
                knocking.join();
            }
            try (House next = made[0]) {
                assertEquals("serves", next.hears());
                assertEquals("alone", next.hears());
                assertEquals("B", House.asked(listening.getLocalAddress()));
            }
        }
    }

    @Test
    void descriptorsOfAnotherKindAreClosed() throws Exception {
        House[] made = new House[1];
        Pipe pipe = Pipe.open();
        try (ServerSocketChannel door = door();
                ServerSocketChannel listening = ServerSocketChannel.open().bind(null)) {
            Thread knocking = knocking(made);
            Wire wire = pass(door, listening);
            wire.send(Message.of(Kind.SOCKET, "a pipe", "", "false"), List.of(JdkChannels.descriptor(pipe.sink())));
            wire.send(Message.of(Kind.SOCKETS, "2"));
            knocking.join();
            pipe.sink().close();
            assertEquals(-1, pipe.source().read(ByteBuffer.allocate(1)), "nobody else has it open");
            wire.close();
            made[0].close();
        }
    }

    @Test
    void aSuccessorThatIsPassedTooFewSocketsDoesNotStart() throws Exception {
        try (ServerSocketChannel door = door();
                ServerSocketChannel listening = ServerSocketChannel.open().bind(null)) {
            Thread predecessor = Thread.ofPlatform().start(() -> {
                try (Wire wire = pass(door, listening)) {
                    wire.send(Message.of(Kind.SOCKETS, "2"));
                    ends(wire);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            IOException failed = assertThrows(IOException.class, () -> House.following(home, "B", TCP));
            assertTrue(String.valueOf(failed.getMessage()).contains("1 sockets"), failed.getMessage());
            predecessor.join();
        }
    }
}
