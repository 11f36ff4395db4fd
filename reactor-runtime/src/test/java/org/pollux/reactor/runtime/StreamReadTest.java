package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.loop.Buffers;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;

/** Reading: what a handler leaves, pausing and resuming, and the end of the stream. */
class StreamReadTest {

    private final TestLoop test;

    StreamReadTest() throws IOException {
        test = new TestLoop();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Takes only whole words, each ended by a space, and notes what it was shown. */
    private static final class Words extends Recorder {

        @Override
        protected void data(Connection c, ByteBuffer in) {
            byte[] shown = new byte[in.remaining()];
            in.duplicate().get(shown);
            log().add(new String(shown, java.nio.charset.StandardCharsets.UTF_8));
            for (int i = in.position(); i < in.limit(); i++) {
                if (in.get(i) == ' ') {
                    take(in.slice(in.position(), i + 1 - in.position()));
                    in.position(i + 1);
                }
            }
        }
    }

    /** Takes nothing. */
    private static class Idler extends Recorder {

        @Override
        protected void data(Connection c, ByteBuffer in) {
            log().add(in.remaining() + " bytes");
        }
    }

    private Peer acceptPaused(Recorder recorder) {
        Peer peer = test.accept(recorder);
        test.onLoop(() -> recorder.connection().pauseReading());
        return peer;
    }

    @Test
    void whatIsLeftUnreadIsPresentedAgainWithMoreBehindIt() {
        Words words = new Words();
        Peer peer = test.accept(words);
        for (String part : List.of("on", "e tw", "o", " ")) {
            peer.send(part);
            test.settle();
        }
        assertEquals(List.of("open", "data", "on", "data", "one tw", "data", "two", "data", "two "), words.log());
        assertEquals("one two ", words.text());
    }

    @Test
    void theByteOrderThatAHandlerSetsIsItsOwn() {
        Recorder recorder = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                log().add(Integer.toHexString(in.getShort()));
                in.order(ByteOrder.LITTLE_ENDIAN);
            }
        };
        Peer peer = test.accept(recorder);
        for (int i = 0; i < 2; i++) {
            peer.send("ab"); // 0x61, 0x62
            test.settle();
        }
        assertEquals(List.of("open", "data", "6162", "data", "6162"), recorder.log());
    }

    @Test
    void aHandlerThatTakesSomeOfEverythingGetsEverythingOnceAndInOrder() {
        Random random = new Random(3);
        Recorder picky = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                int count = in.remaining() == in.capacity() ? in.remaining() : random.nextInt(in.remaining() + 1);
                take(in.slice(in.position(), count));
                in.position(in.position() + count);
                if (random.nextInt(5) == 0) {
                    c.pauseReading();
                    test.loop.execute(c::resumeReading);
                }
            }

            @Override
            protected void inputClosed(Connection c) {}
        };
        Peer peer = test.accept(picky);
        byte[] data = Bytes.random(2 * Bytes.MB);
        peer.send(data);
        test.settle();
        while (picky.size() < data.length) {
            int before = picky.size();
            test.onLoop(() -> picky.connection().pauseReading());
            test.onLoop(() -> picky.connection().resumeReading());
            test.settle();
            assertTrue(picky.size() >= before);
        }
        assertArrayEquals(data, picky.bytes());
    }

    @Test
    void aHandlerThatLeaves64KiBUnreadIsCutOffAndToldWhy() {
        try (CapturedLog captured = new CapturedLog()) {
            Idler idler = new Idler();
            Peer peer = test.accept(idler);
            ByteBuffer flood = ByteBuffer.allocate(Bytes.MB);
            test.turnUntil("it is cut off", () -> {
                peer.sendSome(flood);
                test.turn();
                return idler.isClosed();
            });
            assertTrue(idler.causeMessage().contains("unread"), idler.causeMessage());
            captured.says("unread");
        }
    }

    @Test
    void aHandlerThatPausesMayLeave64KiBUnread() {
        Recorder patient = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                log().add("" + in.remaining());
                if (in.remaining() < in.capacity()) {
                    return; // more will come
                }
                if (count("pausing") == 0) {
                    log().add("pausing");
                    c.pauseReading();
                } else {
                    take(in);
                }
            }
        };
        Peer peer = test.accept(patient);
        byte[] data = Bytes.random(Buffers.READ);
        peer.send(data);
        test.turnUntil("it pauses", () -> patient.log().contains("pausing"));
        assertTrue(patient.connection().isOpen());
        test.onLoop(() -> patient.connection().resumeReading());
        test.settle();
        assertArrayEquals(data, patient.bytes());
    }

    @Test
    void aHandlerThatTakesSomeOfAFullReadHearsTheRestWithWhatFollows() {
        Recorder slow = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in.slice(in.position(), 100));
                in.position(in.position() + 100);
            }
        };
        Peer peer = test.accept(slow);
        byte[] data = Bytes.random(Buffers.READ);
        peer.send(data);
        test.turnUntil("it has some", () -> slow.bytes().length >= 100);
        assertTrue(slow.connection().isOpen());
        int heard = slow.bytes().length;
        peer.send("x");
        test.turnUntil("it has more", () -> slow.bytes().length > heard);
        assertArrayEquals(Arrays.copyOf(data, slow.bytes().length), slow.bytes());
    }

    @Test
    void aHandlerThatMovesTheLimitOfItsBufferLosesNothing() {
        Recorder clumsy = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                take(in.slice(in.position(), 1));
                in.get();
                in.limit(in.position());
            }
        };
        Peer peer = test.accept(clumsy);
        peer.send("a");
        test.settle();
        peer.send("bc");
        test.settle();
        peer.send("d");
        test.settle();
        peer.send("e");
        test.settle();
        assertEquals("abcd", clumsy.text());
    }

    @Test
    void case41_aPausedReaderHearsNothingUntilItResumes() {
        Recorder recorder = new Recorder();
        Peer peer = acceptPaused(recorder);
        peer.send("wait");
        test.settle();
        assertEquals(List.of("open"), recorder.log());
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals("wait", recorder.text());
    }

    @Test
    void case41_aPausedReaderGetsTheBytesThenTheCloseWhenItResumes() {
        Recorder recorder = new Recorder();
        Peer peer = acceptPaused(recorder);
        peer.send("last words").closeOutput();
        test.settle();
        assertEquals(List.of("open"), recorder.log(), "the end waits, too");
        recorder.connection().resumeReading();
        test.turnUntil("it ends", () -> recorder.log().contains("inputClosed"));
        assertEquals(List.of("open", "data", "inputClosed"), recorder.log().subList(0, 3));
        assertEquals("last words", recorder.text());
    }

    @Test
    void resumingPresentsWhatWasLeftAtOnce() {
        Recorder recorder = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (count("data") == 1 && log().getLast().equals("data")) {
                    take(in.slice(in.position(), 2));
                    in.position(2);
                    c.pauseReading();
                    log().add("paused");
                } else {
                    take(in);
                }
            }
        };
        Peer peer = test.accept(recorder);
        peer.send("abcdef");
        test.settle();
        assertEquals("ab", recorder.text());
        test.onLoop(() -> {
            recorder.connection().resumeReading();
            assertEquals("ab", recorder.text(), "not inside the call");
        });
        test.turn();
        assertEquals("abcdef", recorder.text());
    }

    @Test
    void pausingAndResumingAnyNumberOfTimesPresentsWhatWasLeftOnce() {
        Recorder recorder = new Recorder() {
            @Override
            protected void data(Connection c, ByteBuffer in) {
                log().add("" + in.remaining());
                if (count("6") == 1 && in.remaining() == 6) {
                    c.pauseReading();
                } else {
                    take(in);
                }
            }
        };
        Peer peer = test.accept(recorder);
        peer.send("abcdef");
        test.settle();
        test.onLoop(() -> {
            for (int i = 0; i < 3; i++) {
                recorder.connection().resumeReading();
                recorder.connection().resumeReading();
                recorder.connection().pauseReading();
            }
        });
        test.settle();
        assertEquals("", recorder.text(), "paused in the end");
        test.onLoop(() -> recorder.connection().resumeReading());
        test.settle();
        assertEquals("abcdef", recorder.text());
        peer.send("g");
        test.settle();
        assertEquals("abcdefg", recorder.text());
    }

    @Test
    void pausingAndResumingInOneCallbackPresentsWhatThatCallbackLeaves() {
        Recorder hesitant = new Recorder() {
            private boolean asked;

            @Override
            protected void data(Connection c, ByteBuffer in) {
                if (asked) {
                    take(in);
                } else {
                    asked = true;
                    c.pauseReading();
                    c.resumeReading();
                }
            }
        };
        Peer peer = test.accept(hesitant);
        peer.send("all of it");
        test.settle();
        assertEquals("all of it", hesitant.text());
    }

    @Test
    void aReaderMayPauseWhenItOpens() {
        Recorder recorder = new Recorder() {
            @Override
            protected void opened(Connection c) {
                c.pauseReading();
            }
        };
        Peer peer = test.accept(recorder);
        peer.send("wait").closeOutput();
        test.settle();
        assertEquals(List.of("open"), recorder.log());
    }

    @Test
    void noDataFollowsTheEndOfTheInputEvenWhenSomeWasLeftUnread() {
        Recorder leaving = new Idler() {
            @Override
            protected void inputClosed(Connection c) {
                c.pauseReading();
                c.resumeReading();
            }
        };
        Peer peer = test.accept(leaving);
        peer.send("left").closeOutput();
        test.settle();
        test.onLoop(() -> {
            leaving.connection().pauseReading();
            leaving.connection().resumeReading();
        });
        test.settle();
        assertEquals(List.of("open", "data", "4 bytes", "inputClosed"), leaving.log());
    }

    @Test
    void case41_resumingWhileDisconnectingDoesNotReadAgain() {
        Recorder recorder = new Recorder();
        Peer peer = acceptPaused(recorder);
        peer.send("unheard");
        test.onLoop(() -> {
            recorder.connection().close();
            recorder.connection().resumeReading();
            recorder.connection().pauseReading();
            recorder.connection().resumeReading();
        });
        peer.receivesEnd();
        peer.close();
        test.turnUntil("it ends", recorder::isClosed);
        assertEquals(List.of("open", "closed"), recorder.log());
    }

    @Test
    void case11_pendingDataIsDeliveredBeforeTheEndOfTheStream() {
        Recorder recorder = new Recorder();
        Peer peer = test.accept(recorder);
        byte[] data = Bytes.random(300_000);
        peer.send(data).closeOutput();
        test.turnUntil("it ends", recorder::isClosed);
        assertEquals(List.of("open", "data", "inputClosed", "closed"), recorder.log());
        assertArrayEquals(data, recorder.bytes());
    }
}
