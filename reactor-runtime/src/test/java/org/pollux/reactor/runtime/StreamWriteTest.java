package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Writing: order, partial writes, what a callback writes, and writes where nothing can be sent any more. */
class StreamWriteTest {

    private final ProbeBackend backend = new ProbeBackend();
    private final TestLoop test;
    private final Recorder recorder = new Recorder();

    StreamWriteTest() throws IOException {
        test = new TestLoop(backend);
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Echoes what comes, in pieces of the given size. */
    private static Recorder echo(int... pieces) {
        return new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                for (int piece = 0; in.hasRemaining(); piece++) {
                    int count = Math.min(in.remaining(), pieces[piece % pieces.length]);
                    c.write(in.slice(in.position(), count));
                    in.position(in.position() + count);
                }
            }
        };
    }

    @Test
    void case35_partialWritesResumeInOrder() {
        Peer peer = test.accept(recorder);
        byte[] data = Bytes.random(10 * Bytes.MB);
        test.onLoop(() -> assertFalse(recorder.connection().write(ByteBuffer.wrap(data))));
        assertTrue(recorder.connection().pending() > 0, "the system does not take all of it at once");
        assertArrayEquals(data, peer.receive(data.length));
        assertEquals(0, recorder.connection().pending());
    }

    @Test
    void case35_writesOfAllSizesAndFromBothSidesOfTheLoopKeepTheirOrder() {
        Peer peer = test.accept(recorder);
        byte[] data = Bytes.random(6 * Bytes.MB);
        ByteBuffer rest = ByteBuffer.wrap(data);
        Random random = new Random(1);
        while (rest.hasRemaining()) {
            int count = Math.min(rest.remaining(), random.nextInt(random.nextInt(100_000) + 1));
            ByteBuffer next = rest.slice(rest.position(), count);
            rest.position(rest.position() + count);
            if (random.nextBoolean()) {
                recorder.connection().write(next); // from the test's thread, which is not in the loop
                test.turn();
            } else {
                test.onLoop(() -> recorder.connection().write(next));
            }
            assertEquals(0, next.remaining(), "all of it is taken");
            if (random.nextInt(10) == 0) {
                peer.receiveSome();
            }
        }
        assertArrayEquals(data, peer.receive(data.length));
    }

    @Test
    void theBuffersOfAWriterAreHisAgainAtOnce() {
        Peer peer = test.accept(recorder);
        int[] filled = {0};
        test.onLoop(() -> filled[0] = Bytes.fill(recorder.connection(), 100_000));
        byte[] mine = {1, 2, 3};
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(mine)));
        recorder.connection().write(ByteBuffer.wrap(mine));
        mine[0] = 9;
        byte[] all = peer.receive(filled[0] + 6);
        assertArrayEquals(new byte[] {1, 2, 3, 1, 2, 3}, Arrays.copyOfRange(all, filled[0], all.length));
    }

    @Test
    void whatACallbackWritesGoesOutTogetherWhenItEnds() {
        Peer peer = test.accept(echo(1));
        backend.writes = 0;
        peer.send("hello");
        peer.receives("hello");
        assertEquals(1, backend.writes, "system calls");
    }

    @Test
    void aCallbackThatWritesMoreThanIsGatheredKeepsTheOrder() {
        Peer peer = test.accept(echo(10, 30_000, 1, 7_000));
        byte[] data = Bytes.random(4 * Bytes.MB);
        ByteBuffer rest = ByteBuffer.wrap(data);
        test.turnUntil("all is echoed", () -> {
            peer.sendSome(rest.slice(rest.position(), Math.min(rest.remaining(), 50_000)));
            rest.position(Math.min(rest.limit(), rest.position() + 50_000));
            return peer.receiveSome().received().length == data.length || !rest.hasRemaining();
        });
        assertArrayEquals(data, peer.receive(data.length));
    }

    @Test
    void aLargeWriteInACallbackComesAfterTheSmallOnesBeforeIt() {
        byte[] large = Bytes.random(300_000);
        Peer peer = test.accept(new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(Bytes.of("small "));
                c.write(ByteBuffer.wrap(large));
                c.write(Bytes.of(" small"));
                assertTrue(c.pending() >= 0);
            }
        });
        byte[] all = peer.receive(large.length + 12);
        assertEquals(ByteBuffer.wrap(large), ByteBuffer.wrap(all, 6, large.length));
    }

    @Test
    void whatIsGatheredCountsAsPending() {
        Recorder marks = new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.watermarks(0, 9);
                log().add("" + c.write(Bytes.of("12345")) + c.pending() + c.write(Bytes.of("12345")) + c.pending());
            }
        };
        test.accept(marks);
        test.settle();
        assertEquals(List.of("open", "true5false10", "drained"), marks.log());
    }

    @Test
    void aCallbackMayWriteToAnotherConnectionBesideItsOwn() {
        Peer other = test.accept(recorder);
        Peer peer = test.accept(new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                c.write(Bytes.of("mine 1 "));
                recorder.connection().write(Bytes.of("yours 1 "));
                c.write(in);
                recorder.connection().write(Bytes.of("yours 2"));
                recorder.connection().close();
                c.write(Bytes.of(" mine 2"));
            }
        });
        peer.send("asked");
        peer.receives("mine 1 asked mine 2");
        other.receives("yours 1 yours 2");
        other.receivesEnd();
    }

    @Test
    void aCallbackMayConnectAndTheNewConnectionsWritesAreItsOwn() {
        Recorder far = new Recorder();
        try (var listener = test.listen(connection -> far)) {
            Peer peer = test.accept(new Recorder() {
                @Override
                protected void data(Connection c, ByteBuffer in) {
                    c.write(Bytes.of("before "));
                    Connection made = test.loop.connect(listener.local(), recorder);
                    made.write(Bytes.of("its own"));
                    c.write(Bytes.of("after"));
                    take(in);
                }
            });
            peer.send("go");
            peer.receives("before after");
            test.turnUntil("the far end has it", () -> far.text().equals("its own"));
            assertEquals(List.of("open"), recorder.log());
        }
    }

    @Test
    void theLastCallOfOneConnectionMayWriteToAnother() {
        Peer peer = test.accept(recorder);
        Peer dying = test.accept(new Recorder() {
            @Override
            protected void closed(Connection c) {
                recorder.connection().write(Bytes.of("it is gone"));
            }
        });
        dying.reset();
        peer.receives("it is gone");
    }

    @Test
    void case35_aWriteAfterTheEndDoesNoHarmAndSaysSo() {
        Peer peer = test.accept(recorder);
        peer.reset();
        test.turnUntil("the reset is seen", recorder::isClosed);
        ByteBuffer data = Bytes.of("late");
        test.onLoop(() -> assertFalse(recorder.connection().write(data)));
        assertEquals(0, data.remaining());
        ByteBuffer posted = Bytes.of("late");
        assertFalse(recorder.connection().write(posted));
        assertEquals(0, posted.remaining());
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertEquals(0, recorder.connection().pending());
    }

    @Test
    void case35_aWriteThatFindsThePeerGoneSaysSoAndTheHandlerMayEndTheConnectionAllTheSame() {
        Peer peer = test.accept(recorder);
        peer.reset();
        test.onLoop(() -> {
            Connection c = recorder.connection();
            assertFalse(c.write(Bytes.of("nobody listens")));
            assertFalse(c.isOpen());
            assertFalse(c.write(Bytes.of("nobody listens")));
            c.close();
            c.abort();
        });
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertTrue(recorder.cause().orElseThrow() instanceof IOException);
    }

    @Test
    void aWriteToABrokenConnectionInAnothersCallbackHarmsTheBrokenOneAlone() {
        Peer broken = test.accept(recorder);
        test.onLoop(() -> recorder.connection().pauseReading());
        Peer peer = test.accept(new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                c.write(Bytes.of("one "));
                recorder.connection().write(Bytes.of("nobody listens"));
                c.write(Bytes.of("two"));
                take(in);
            }
        });
        broken.reset();
        peer.send("go");
        peer.receives("one two");
        test.turnUntil("the broken one is told", recorder::isClosed);
        assertTrue(peer.isConnected());
    }

    @Test
    void afterCloseOutputNothingIsTakenAndWhatWasWrittenIsSentBeforeTheEnd() {
        Peer peer = test.accept(new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(Bytes.of("all of it"));
                c.closeOutput();
                log().add("taken " + c.write(Bytes.of(" and no more")));
            }
        });
        peer.receives("all of it");
        peer.receivesEnd();
    }
}
