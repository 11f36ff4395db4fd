package org.pollux.reactor.runtime.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionAdoptedException;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Snapshot;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** A connection whose protocol is removed passes to the next version, in each state that it can be in. */
class PassingTest {

    private static final Key<String> KEY = Key.named("of the protocol");

    private final CapturedLog log = new CapturedLog();
    private final TestLoop test;
    private final ConnectionTally tally = new ConnectionTally();
    private final ConnectionTally waiting = new ConnectionTally();
    private final ConnectionTally later = new ConnectionTally();
    private final AtomicLong adopted = new AtomicLong();
    private final NextVersion next = new NextVersion(waiting, adopted);

    PassingTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
        log.close();
        assertEquals(0, tally.open() + waiting.open() + later.open());
    }

    /** Counts lines: responds to each with its name and the number. The count is its state. */
    private static class Lines extends Recorder implements Protocol {

        private final String name;
        int count;
        int line;

        Lines(String name) {
            this.name = name;
        }

        @Override
        public ConnectionHandler open(Connection connection) {
            return this;
        }

        @Override
        protected void data(Connection c, ByteBuffer in) {
            while (in.hasRemaining()) {
                line++;
                if (in.get() == '\n') {
                    count++;
                    line = 0;
                    c.write(US_ASCII.encode(name + count + " "));
                }
            }
        }

        @Override
        protected void inputClosed(Connection c) {
            c.write(US_ASCII.encode("end "));
        }

        @Override
        public Snapshot snapshot(Connection connection) {
            return line > 0
                    ? Snapshot.later()
                    : Snapshot.of(ByteBuffer.allocate(4).putInt(count).flip());
        }

        @Override
        public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
            count = state.getInt();
            return this;
        }
    }

    private final Lines first = new Lines("a");
    private final Lines second = new Lines("b");

    private Peer dial(Protocol protocol, List<StageFactory> stages) throws IOException {
        try (Listener listener =
                StreamStart.listen(test.inside, TestLoop.anyPort(), protocol, ListenOptions.DEFAULTS, tally, stages)) {
            Peer peer = test.dial(listener.local());
            test.turnUntil("it is accepted", () -> tally.open() > 0);
            return peer;
        }
    }

    private StreamConnection connection() {
        StreamConnection[] found = new StreamConnection[1];
        onConnection(connection -> found[0] = connection);
        return found[0];
    }

    private Peer dial() throws IOException {
        return dial(first, List.of());
    }

    private void onConnection(Consumer<StreamConnection> action) {
        test.onLoop(() -> test.inside.sources().forEach(source -> {
            if (source instanceof StreamConnection connection) {
                action.accept(connection);
            }
        }));
    }

    private void remove() {
        onConnection(connection -> connection.leaveTo(next));
    }

    private void offer(Protocol version) {
        next.came(version, later);
        onConnection(StreamConnection::passOn);
    }

    private void update(Protocol version) {
        remove();
        offer(version);
    }

    private void assertPassed() {
        assertEquals(1, adopted.get());
        assertEquals(List.of(0, 0, 1), List.of(tally.open(), waiting.open(), later.open()));
        assertEquals(1, first.count("closed"));
        assertInstanceOf(ConnectionAdoptedException.class, first.cause().orElseThrow());
        assertFalse(first.log().contains("shutdown"));
        assertFalse(second.log().contains("open"), "nothing is reported twice");
    }

    // ---- between two messages

    @Test
    void theNextVersionContinuesWithTheState() throws IOException {
        Peer peer = dial();
        peer.send("x\ny\n").receives("a1 a2 ");
        update(second);
        assertPassed();
        peer.send("z\n").receives("a1 a2 b3 ");
    }

    @Test
    void untilTheNextVersionIsThereBytesWaitAndNoTimeoutIsReported() throws IOException {
        Peer peer = dial();
        onConnection(connection -> connection.idleTimeout(Duration.ofSeconds(5)));
        peer.send("x\n").receives("a1 ");
        remove();
        assertEquals(List.of(0, 1), List.of(tally.open(), waiting.open()));
        peer.send("y\n");
        test.pass(Duration.ofSeconds(6));
        test.settle();
        assertEquals(1, first.count);
        assertFalse(first.log().contains("timeout"));
        offer(second);
        peer.receives("a1 b2 ");
        assertPassed();
        test.pass(Duration.ofSeconds(6));
        test.turnUntil("its idle timeout is kept", () -> second.log().contains("timeout"));
    }

    @Test
    void aMessageThatIsUnderWayIsCompletedByItsVersion() throws IOException {
        Peer peer = dial();
        peer.send("x");
        test.turnUntil("it has begun", () -> first.line == 1);
        update(second);
        assertEquals(0, adopted.get());
        peer.send("y\n").receives("a1 ");
        test.settle();
        assertPassed();
        peer.send("z\n").receives("a1 b2 ");
    }

    @Test
    void aMessageThatAnotherThreadHasCompletedIsSeenAtTheNextLook() throws IOException {
        Peer peer = dial();
        first.line = 1;
        update(second);
        first.line = 0;
        test.settle();
        assertEquals(0, adopted.get());
        onConnection(StreamConnection::passOn);
        assertPassed();
        peer.send("z\n").receives("b1 ");
    }

    @Test
    void aRestEndsWhenAMessageBegins() throws IOException {
        Peer peer = dial();
        remove();
        first.line = 1; // by a timer of the handler, which writes
        onConnection(StreamConnection::passOn);
        peer.send("x\n").receives("a1 ");
        offer(second);
        assertPassed();
    }

    @Test
    void aPauseOfTheHandlerStays() throws IOException {
        Peer peer = dial();
        onConnection(Connection::pauseReading);
        update(second);
        assertPassed();
        peer.send("x\n");
        test.settle();
        assertEquals(0, second.count);
        onConnection(Connection::resumeReading);
        peer.receives("b1 ");
    }

    // ---- bytes that are in the runtime

    @Test
    void unreadBytesArePresentedToTheNextVersion() throws IOException {
        Lines picky = new Lines("a") {
            @Override
            protected void data(Connection c, ByteBuffer in) {} // leaves all, between two messages
        };
        Peer peer = dial(picky, List.of());
        peer.send("x\ny");
        test.turnUntil("they have come", () -> picky.log().contains("data"));
        picky.line = 1;
        update(second);
        picky.line = 0;
        onConnection(StreamConnection::passOn);
        peer.receives("b1 ");
        peer.send("\n").receives("b1 b2 ");
        assertEquals(1, adopted.get());
    }

    @Test
    void unsentBytesAreSentInTheirOrderAndTheNextVersionHearsWhenTheyAreDrained() throws IOException {
        Peer peer = dial();
        byte[] data = Bytes.random(5 * Bytes.MB);
        onConnection(connection -> connection.write(ByteBuffer.wrap(data)));
        update(second);
        assertPassed();
        assertTrue(connection().pending() > 0, "some bytes still wait");
        onConnection(connection -> connection.write(US_ASCII.encode("behind")));
        byte[] all = peer.receive(data.length + 6);
        assertArrayEquals(data, Arrays.copyOf(all, data.length));
        test.turnUntil("the next version hears of it", () -> second.log().contains("drained"));
        assertFalse(first.log().contains("drained"));
    }

    @Test
    void whileAPartOfAFileWaitsItIsNotAsked(@TempDir Path folder) throws IOException {
        Peer peer = dial();
        byte[] data = Bytes.random(5 * Bytes.MB);
        try (FileChannel file = FileChannel.open(Files.write(folder.resolve("file"), data))) {
            onConnection(connection -> connection.transfer(file, 0, data.length));
            update(second);
            assertEquals(0, adopted.get());
            assertArrayEquals(data, peer.receive(data.length));
            test.turnUntil("it passes behind the file", () -> adopted.get() == 1);
        }
        assertTrue(first.log().contains("drained"), "the owner of the file hears that it is sent");
        assertPassed();
    }

    // ---- half-closed

    @Test
    void thePeersEndIsNotReportedTwice() throws IOException {
        Peer peer = dial();
        peer.closeOutput();
        peer.receives("end ");
        update(second);
        assertPassed();
        onConnection(connection -> connection.write(US_ASCII.encode("more ")));
        peer.receives("end more ");
        assertFalse(second.log().contains("inputClosed"));
    }

    @Test
    void anEndThatCameMeanwhileIsReportedToTheNextVersion() throws IOException {
        Peer peer = dial();
        remove();
        peer.send("x\n").closeOutput();
        test.settle();
        offer(second);
        peer.receives("b1 end ");
        assertPassed();
    }

    @Test
    void itsOwnEndStays() throws IOException {
        Peer peer = dial();
        onConnection(Connection::closeOutput);
        peer.receivesEnd();
        update(second);
        assertPassed();
        peer.send("x\n");
        test.turnUntil("the next version reads", () -> second.count == 1);
    }

    // ---- with a stage below

    /** Its handshake is the peer's first byte. It flips a bit of each byte that comes. */
    private static final class Flip extends Stage {

        private final ByteBuffer one = ByteBuffer.allocate(1);

        Flip(StageContext context, Transport below) {
            super(context, below);
        }

        @Override
        protected boolean shake() throws IOException {
            return below.read(one.clear()) > 0;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int begin = target.position();
            int count = below.read(target);
            for (int i = begin; i < target.position(); i++) {
                target.put(i, (byte) (target.get(i) ^ 1));
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return below.write(data, from, count);
        }
    }

    private static final StageFactory FLIP = new StageFactory() {
        @Override
        public String name() {
            return "flip";
        }

        @Override
        public Transport open(StageContext context, Transport below) {
            return new Flip(context, below);
        }
    };

    private static String flipped(String text) {
        return text.chars()
                .map(c -> c ^ 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void stagesStay() throws IOException {
        Peer peer = dial(first, List.of(FLIP));
        peer.send("+" + flipped("x\n")).receives("a1 ");
        update(second);
        assertPassed();
        peer.send(flipped("y\n")).receives("a1 b2 ");
    }

    @Test
    void aConnectionThatShakesHandsIsAskedWhenItIsOpen() throws IOException {
        Peer peer = dial(first, List.of(FLIP));
        update(second);
        assertEquals(0, adopted.get());
        peer.send("+" + flipped("x\n")).receives("b1 ");
        assertPassed();
    }

    @Test
    void aConnectionThatOpensWhenTheTimeIsOverIsTold() throws IOException {
        Peer peer = dial(first, List.of(FLIP));
        remove();
        next.over();
        peer.send("+");
        test.turnUntil("it is told", () -> first.log().contains("shutdown"));
        assertEquals(1, tally.open());
    }

    // ---- it does not pass

    @Test
    void aHandlerWithoutAStateIsTold() throws IOException {
        Recorder plain = new Recorder();
        Peer peer = dial(_ -> plain, List.of());
        remove();
        assertEquals(List.of("open", "shutdown"), plain.log());
        assertEquals(1, tally.open());
        peer.close();
        test.turnUntil("it ends", plain::isClosed);
    }

    @Test
    void aVersionThatRefusesSaysWhyAndTheHandlerGoesOn() throws IOException {
        Peer peer = dial();
        peer.send("x\n").receives("a1 ");
        onConnection(connection -> connection.attribute(KEY, "value"));
        update(new Lines("b") {
            @Override
            public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
                assertNull(connection.attribute(KEY));
                throw new IllegalArgumentException("format 7 is unknown");
            }
        });
        assertEquals("format 7 is unknown", next.problem().orElseThrow());
        log.says("format 7 is unknown");
        assertTrue(first.log().contains("shutdown"));
        assertEquals("value", connection().attribute(KEY));
        peer.send("y\n").receives("a1 a2 ");
        assertEquals(0, adopted.get());
    }

    @Test
    void aVersionThatAdoptsNothingIsNamed() throws IOException {
        Peer _ = dial();
        update(_ -> new Recorder());
        assertEquals("it adopts no connections", next.problem().orElseThrow());
        assertTrue(first.log().contains("shutdown"));
    }

    @Test
    void aNullInPlaceOfAHandlerIsNamed() throws IOException {
        Peer _ = dial();
        update(new Lines("b") {
            @Override
            @SuppressWarnings("NullAway") // a fault of that version
            public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
                return null;
            }
        });
        assertEquals("adopt returned null", next.problem().orElseThrow());
    }

    @Test
    void aNullInPlaceOfAStateIsNamed() throws IOException {
        Lines faulty = new Lines("a") {
            @Override
            @SuppressWarnings("NullAway") // a fault of that version
            public Snapshot snapshot(Connection connection) {
                return null;
            }
        };
        Peer _ = dial(faulty, List.of());
        update(second);
        assertTrue(next.problem().orElseThrow().endsWith("snapshot returned null"));
        assertTrue(faulty.log().contains("shutdown"));
    }

    @Test
    void aHandlerThatFailsToGiveItsStateIsTold() throws IOException {
        Lines faulty = new Lines("a") {
            @Override
            public Snapshot snapshot(Connection connection) {
                return Snapshot.of(ByteBuffer.allocate(Snapshot.LIMIT + 1));
            }
        };
        Peer peer = dial(faulty, List.of());
        update(second);
        assertTrue(next.problem().orElseThrow().contains("65537 bytes, more than the limit of 65536"));
        assertTrue(faulty.log().contains("shutdown"));
        peer.send("x\n").receives("a1 ");
    }

    @Test
    void theServersEndCallsTheHandlerThatRests() throws IOException {
        Peer peer = dial();
        remove();
        peer.send("x\n");
        test.settle();
        onConnection(StreamConnection::shutdown);
        peer.receives("a1 ");
        assertTrue(first.log().contains("shutdown"));
        offer(second);
        assertEquals(0, adopted.get());
    }

    @Test
    void aResetWhileItRestsIsReportedToTheHandler() throws IOException {
        Peer peer = dial();
        remove();
        peer.reset();
        onConnection(connection -> connection.write(US_ASCII.encode("news")));
        test.turnUntil("it ends", first::isClosed);
        assertFalse(first.cause().orElseThrow() instanceof ConnectionAdoptedException);
    }

    @Test
    void aVersionThatEndsTheConnectionIsItsLastHandler() throws IOException {
        Peer peer = dial();
        update(new Lines("b") {
            @Override
            public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
                connection.write(US_ASCII.encode("bye"));
                connection.close();
                return second;
            }
        });
        peer.receives("bye");
        peer.receivesEnd().close();
        test.turnUntil("it ends", second::isClosed);
        assertEquals("none", second.causeMessage());
    }

    // ---- what is left behind

    @Test
    void nothingIsKeptOfTheHandlerBefore() throws IOException {
        WeakReference<Lines> before = new WeakReference<>(passOnce());
        Await.until("it is collected", () -> {
            System.gc();
            test.turn();
            return before.get() == null;
        });
        assertEquals(1, later.open());
    }

    private Lines passOnce() throws IOException {
        Lines made = new Lines("a");
        Peer peer = dial(made, List.of());
        peer.send("x\n").receives("a1 ");
        onConnection(connection -> connection.attribute(Key.named("of that version"), made));
        update(second);
        peer.send("x\n").receives("a1 b2 ");
        return made;
    }
}
