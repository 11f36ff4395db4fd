package org.pollux.reactor.runtime.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** How a stream ends: half-closes, close, abort, resets, and the times that a closing connection gets. */
class StreamEndTest {

    private static final Duration NANO = Duration.ofNanos(1);

    private final TestLoop test;
    private final Recorder recorder = new Recorder();

    StreamEndTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void assertEndsWell(Recorder handler, String... log) {
        test.turnUntil("it ends", handler::isClosed);
        test.settle();
        assertEquals(List.of(log), handler.log());
        assertEquals(Optional.empty(), handler.cause());
        assertEquals(0, test.inside.counters().connections());
        assertEquals(1, test.inside.sources().size());
        assertTrue(test.inside.timers().isEmpty());
    }

    @Test
    void case36_afterThePeersHalfCloseWritingGoesOn() {
        byte[] data = Bytes.random(5 * Bytes.MB);
        Recorder late = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {
                test.loop.execute(() -> {
                    c.write(ByteBuffer.wrap(data));
                    c.close();
                });
            }
        };
        Peer peer = test.accept(late);
        peer.send("question").closeOutput();
        assertArrayEquals(data, peer.receive(data.length));
        peer.receivesEnd();
        assertEndsWell(late, "open", "data", "inputClosed", "closed");
    }

    @Test
    void case36_byDefaultThePeersHalfCloseIsAnsweredAfterWhatWaits() {
        byte[] data = Bytes.random(5 * Bytes.MB);
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.wrap(data)));
        peer.closeOutput();
        assertArrayEquals(data, peer.receive(data.length));
        peer.receivesEnd();
        assertEquals(1, recorder.count("inputClosed"));
        assertEndsWell(recorder, "open", "inputClosed", "closed");
    }

    @Test
    void case36_afterOurHalfCloseReadingGoesOnAndTheSecondHalfEndsTheConnection() {
        Recorder reading = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {}
        };
        Peer peer = test.accept(reading);
        test.onLoop(() -> reading.connection().closeOutput());
        peer.receivesEnd();
        peer.send("still heard");
        test.settle();
        assertTrue(reading.connection().isOpen());
        peer.closeOutput();
        assertEndsWell(reading, "open", "data", "inputClosed", "closed");
        assertEquals("still heard", reading.text());
    }

    @Test
    void case36_ourHalfCloseAfterThePeersEndsTheConnection() {
        Recorder reading = new Recorder() {
            @Override
            protected void inputClosed(Connection c) {
                c.write(Bytes.of("goodbye"));
                c.closeOutput();
            }
        };
        Peer peer = test.accept(reading);
        peer.closeOutput();
        peer.receives("goodbye");
        peer.receivesEnd();
        assertEndsWell(reading, "open", "inputClosed", "closed");
    }

    @Test
    void case37_closeFlushesTenMegabytesToASlowReaderThenSendsTheEnd() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().close();
            assertFalse(recorder.connection().isOpen());
            assertFalse(recorder.connection().write(Bytes.of("too late")));
        });
        peer.send("not heard any more");
        while (recorder.connection().pending() > 0) {
            test.pass(Duration.ofSeconds(9));
            assertFalse(recorder.isClosed(), "a reader that goes on gets all the time");
            long before = recorder.connection().pending();
            test.turnUntil("some is taken", () -> {
                peer.receiveSome();
                return before == 0
                        || recorder.connection().pending() < before; // the turn before may have sent the rest
            });
        }
        assertArrayEquals(data, peer.receive(data.length));
        peer.receivesEnd();
        peer.close();
        assertEndsWell(recorder, "open", "closed");
    }

    @Test
    void case37_closeThrowsAwayWhatStillComesAndWaitsForThePeersEnd() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().close());
        peer.receivesEnd();
        peer.send(new byte[Bytes.MB]);
        test.settle();
        assertFalse(recorder.isClosed());
        peer.closeOutput();
        assertEndsWell(recorder, "open", "closed");
    }

    @Test
    void withoutLingerAllIsSentAndThePeersEndNotAwaited() {
        byte[] data = Bytes.random(10 * Bytes.MB);
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            recorder.connection().write(ByteBuffer.wrap(data));
            recorder.connection().closeWithoutLinger();
            assertFalse(recorder.connection().isOpen());
        });
        test.settle();
        assertFalse(recorder.isClosed(), "the peer has not taken all of it");
        assertArrayEquals(data, peer.receive(data.length));
        peer.receivesEnd();
        assertEndsWell(recorder, "open", "closed");
    }

    @Test
    void withoutLingerACallbacksLastWordsAreSentFirst() {
        Recorder brief = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                super.data(c, in);
                c.write(Bytes.of("goodbye"));
                c.closeWithoutLinger();
            }
        };
        Peer peer = test.accept(brief);
        peer.send("hello");
        assertEndsWell(brief, "open", "data", "closed");
        peer.receives("goodbye");
        peer.receivesEnd();
    }

    @Test
    void withoutLingerAPeerThatTakesNothingIsCutOffAfterTheFlushTimeout() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().closeWithoutLinger();
        });
        test.pass(StreamEnd.FLUSH_TIMEOUT.minus(NANO));
        assertFalse(recorder.isClosed());
        test.pass(NANO);
        assertTrue(recorder.cause().orElseThrow() instanceof SocketTimeoutException);
        peer.receivesReset();
    }

    @Test
    void aPeerThatDoesNotEndIsLeftAfterTheLingerTime() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().close());
        peer.receivesEnd();
        test.pass(StreamEnd.LINGER_TIMEOUT.minus(NANO));
        assertFalse(recorder.isClosed());
        test.pass(NANO);
        assertEndsWell(recorder, "open", "closed");
    }

    @Test
    void aPeerThatDoesNotEndIsLeftAfterTheLingerTimeAlsoWhenTheOutputWasClosedBefore() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().closeOutput());
        peer.receivesEnd();
        test.pass(Duration.ofDays(1));
        assertTrue(recorder.connection().isOpen(), "a half-closed connection has all the time");
        test.onLoop(() -> recorder.connection().close());
        test.pass(StreamEnd.LINGER_TIMEOUT.minus(NANO));
        assertFalse(recorder.isClosed());
        test.pass(NANO);
        assertEndsWell(recorder, "open", "closed");
    }

    @Test
    void aPeerThatTakesNothingIsCutOffAfterTheFlushTimeout() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().close();
        });
        test.pass(StreamEnd.FLUSH_TIMEOUT.minus(NANO));
        assertFalse(recorder.isClosed());
        test.pass(NANO);
        assertTrue(recorder.cause().orElseThrow() instanceof SocketTimeoutException);
        assertTrue(recorder.causeMessage().contains("bytes within"), recorder.causeMessage());
        peer.receivesReset();
    }

    @Test
    void case37_abortDropsWhatWaitsAndThePeerSeesAReset() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().abort();
        });
        assertEndsWell(recorder, "open", "closed");
        peer.receivesReset();
    }

    @Test
    void case38_aResetWithDataQueuedGivesOneErrorAndOneClose() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().write(ByteBuffer.allocate(10 * Bytes.MB)));
        peer.sendSome(ByteBuffer.allocate(100));
        peer.reset();
        test.turnUntil("it ends", recorder::isClosed);
        test.settle();
        assertEquals(1, recorder.count("closed"));
        assertTrue(recorder.cause().orElseThrow() instanceof IOException);
        assertEquals(0, recorder.connection().pending());
    }

    @Test
    void case38_aResetOfAClosingConnectionIsItsEnd() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            recorder.connection().write(ByteBuffer.allocate(10 * Bytes.MB));
            recorder.connection().close();
        });
        peer.reset();
        test.turnUntil("it ends", recorder::isClosed);
        test.settle();
        assertEquals(List.of("open", "closed"), recorder.log());
        assertTrue(recorder.cause().isPresent());
    }

    @Test
    void case39_abortInsideACallbackIsNotReentrantAndHarmlessWhenRepeated() {
        Recorder aborting = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                c.write(in);
                c.abort();
                c.abort();
                c.close();
                assertFalse(c.write(Bytes.of("dropped")));
                log().add("callback ends");
            }
        };
        Peer peer = test.accept(aborting);
        peer.send("hello");
        peer.receivesReset();
        assertEquals(0, peer.received().length, "what the callback wrote is dropped, too");
        assertEndsWell(aborting, "open", "data", "callback ends", "closed");
    }

    @Test
    void case39_abortAfterClose() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().close();
            recorder.connection().close();
            recorder.connection().abort();
        });
        assertEndsWell(recorder, "open", "closed");
        peer.receivesReset();
    }

    @Test
    void case39_abortWorksFromAnotherThreadWithAFullBufferAndAPausedReader() {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> {
            Bytes.fill(recorder.connection(), 100_000);
            recorder.connection().pauseReading();
        });
        recorder.connection().abort();
        recorder.connection().abort();
        assertEndsWell(recorder, "open", "closed");
        peer.receivesReset();
    }

    @Test
    void closeInsideEveryCallbackFlushesWhatThatCallbackWrote() {
        Recorder closing = new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.write(Bytes.of("hello and goodbye"));
                c.close();
            }
        };
        Peer peer = test.accept(closing);
        peer.receives("hello and goodbye");
        peer.receivesEnd();
        peer.close();
        assertEndsWell(closing, "open", "closed");

        Recorder answering = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                c.write(in);
                c.close();
            }
        };
        Peer asking = test.accept(answering);
        asking.send("question");
        asking.receives("question");
        asking.receivesEnd();
        asking.close();
        assertEndsWell(answering, "open", "data", "closed");
    }

    @Test
    void callsFromAnotherThreadTakeEffectInTheirOrder() {
        Peer peer = test.accept(recorder);
        Connection c = recorder.connection();
        c.write(Bytes.of("one "));
        c.write(Bytes.of("two"));
        c.close();
        c.write(Bytes.of(" three"));
        peer.receives("one two");
        peer.receivesEnd();
        peer.close();
        assertEndsWell(recorder, "open", "closed");
    }
}
