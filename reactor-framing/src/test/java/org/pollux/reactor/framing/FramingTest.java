package org.pollux.reactor.framing;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Bytes;

/** What each framing takes for a frame, and what the connection makes of it. One list of cases. */
class FramingTest {

    private static final int BOUND = 100;

    private final Frames frames = new Frames();

    private FramedStream stream(Framing framing) throws IOException {
        return new FramedStream(framing, frames);
    }

    private static void assertFrames(Framing framing, String sent, String... expected) throws IOException {
        Frames heard = new Frames();
        try (FramedStream stream = new FramedStream(framing, heard)) {
            stream.send(sent).turnUntil("they come", () -> heard.frames.size() >= expected.length);
            assertEquals(List.of(expected), heard.frames);
            assertFalse(heard.closed);
        }
    }

    private void assertFails(Framing framing, String sent, String message, String... before) throws IOException {
        try (FramedStream stream = stream(framing)) {
            stream.send(sent);
            stream.end(frames);
            assertEquals(List.of(before), frames.frames);
            assertEquals(message, frames.causeMessage());
            assertInstanceOf(FrameException.class, frames.cause.orElseThrow());
        }
    }

    // ---- delimiters

    @Test
    void aDelimiterEndsAFrameAndIsNotPartOfIt() throws IOException {
        assertFrames(Framing.delimitedBy(BOUND, "\n"), "one\n\ntwo\nthr", "one", "", "two");
    }

    @Test
    void ofSeveralDelimitersTheFirstThatIsCompleteCountsAndTheLongestOfThose() throws IOException {
        assertFrames(Framing.delimitedBy(BOUND, "\n", "\r\n"), "one\r\ntwo\nthr\ree\n", "one", "two", "thr\ree");
    }

    @Test
    void aDelimiterMayBeginLikeItself() throws IOException {
        assertFrames(Framing.delimitedBy(BOUND, "aab"), "xaaabyaab", "xa", "y");
    }

    @Test
    void aDelimiterMayHaveAnyBytes() throws IOException {
        assertFrames(
                Framing.delimitedBy(BOUND, new byte[] {0, -1}), "one\0\u00ff\u00fftwo\0\u00ff", "one", "\u00fftwo");
    }

    @Test
    void aFrameMayFillTheBoundWithItsDelimiter() throws IOException {
        assertFrames(Framing.delimitedBy(6, "\r\n"), "four\r\n", "four");
    }

    @Test
    void aFrameThatFillsTheBoundWithoutADelimiterEndsTheConnection() throws IOException {
        assertFails(
                Framing.delimitedBy(6, "\r\n"),
                "one\r\nfive!\r\n",
                "There is no delimiter in the first 6 bytes of a frame, which is the limit",
                "one");
    }

    @Test
    void aDelimiterIsAskedFor() {
        assertThrows(IllegalArgumentException.class, () -> Framing.delimitedBy(BOUND, new String[0]));
        assertThrows(IllegalArgumentException.class, () -> Framing.delimitedBy(BOUND, ""));
        assertThrows(IllegalArgumentException.class, () -> Framing.delimitedBy(1, "\r\n"));
        assertThrows(IllegalArgumentException.class, () -> Framing.delimitedBy(0, Pattern.compile("\n")));
    }

    // ---- patterns

    @Test
    void whatAPatternFindsEndsAFrame() throws IOException {
        assertFrames(
                Framing.delimitedBy(BOUND, Pattern.compile("\r?\n|;")), "one\r\ntwo;three\n", "one", "two", "three");
    }

    @Test
    void aMatchThatMoreBytesCouldChangeWaitsForThem() throws IOException {
        try (FramedStream stream = stream(Framing.delimitedBy(BOUND, Pattern.compile("\r\n?")))) {
            stream.send("one\r");
            assertEquals(List.of(), frames.frames);
            stream.send("\ntwo\r");
            assertEquals(List.of("one"), frames.frames);
            stream.send("three");
            assertEquals(List.of("one", "two"), frames.frames);
        }
    }

    @Test
    void theEndOfTheStreamDecidesAMatch() throws IOException {
        try (FramedStream stream = stream(Framing.delimitedBy(BOUND, Pattern.compile("\n+")))) {
            stream.send("one\n\n");
            assertEquals(List.of(), frames.frames);
            stream.end(frames);
            assertEquals(List.of("one"), frames.frames);
            assertEquals("none", frames.causeMessage());
        }
    }

    @Test
    void anEmptyMatchIsNone() throws IOException {
        assertFrames(Framing.delimitedBy(BOUND, Pattern.compile("\n*")), "one\n\ntwo", "one");
    }

    @Test
    void aPatternSeesAByteAsTheCharacterOfItsNumber() throws IOException {
        assertFrames(Framing.delimitedBy(BOUND, Pattern.compile("\\xff")), "one\u00fftwo\u00ff", "one", "two");
    }

    @Test
    void aFrameThatFillsTheBoundWithoutAMatchEndsTheConnection() throws IOException {
        assertFails(
                Framing.delimitedBy(6, Pattern.compile("\r\n")),
                "four\r\nfive!\r\n",
                "There is no delimiter in the first 6 bytes of a frame, which is the limit",
                "four");
    }

    // ---- lengths

    @Test
    void aFrameFollowsItsLength() throws IOException {
        assertFrames(Framing.lengthPrefixed(new LengthPrefix(1), BOUND), "\3one\0\5three\4tw", "one", "", "three");
    }

    @Test
    void aLengthIsInTheOrderThatWasAskedFor() throws IOException {
        assertFrames(Framing.lengthPrefixed(new LengthPrefix(2), BOUND), "\0\3one", "one");
        assertFrames(Framing.lengthPrefixed(new LengthPrefix(4, LITTLE_ENDIAN), BOUND), "\3\0\0\0one", "one");
    }

    @Test
    void aLengthBeyondTheBoundEndsTheConnectionAtOnce() throws IOException {
        assertFails(
                Framing.lengthPrefixed(new LengthPrefix(4), BOUND),
                "\0\0\0\3one\u00ff\u00ff\u00ff\u00ff",
                "A frame of 4294967295 bytes is announced; the limit is 100",
                "one");
    }

    @Test
    void everyPrefixReadsWhatItWrites() throws IOException {
        for (int width : List.of(1, 2, 4)) {
            for (var order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
                LengthPrefix prefix = new LengthPrefix(width, order);
                Framing framing = Framing.lengthPrefixed(prefix, 1000);
                Frames heard = new Frames();
                try (FramedStream stream = new FramedStream(framing, new Frames());
                        Listener listener = stream.listen(connection -> framing.around(heard))) {
                    Connection out = stream.reactor().connect(listener.local(), framing.around(new Frames()));
                    stream.onLoop(() -> {
                        assertTrue(prefix.write(out, Bytes.of("x".repeat(200))));
                        assertTrue(prefix.write(out, Bytes.of("")));
                    });
                    stream.turnUntil("both come", () -> heard.frames.size() == 2);
                    assertEquals(List.of("x".repeat(200), ""), heard.frames);
                }
            }
        }
    }

    @Test
    void aFrameTooLongForItsPrefixIsNotWritten() throws IOException {
        try (FramedStream stream = stream(Framing.fixed(1))) {
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> new LengthPrefix(1).write(frames.connection(), ByteBuffer.allocate(256)));
            assertEquals("A frame of 256 bytes is too long for a prefix of 1: at most 255", refused.getMessage());
            assertEquals(0, frames.connection().pending());
            assertThrows(IllegalArgumentException.class, () -> new LengthPrefix(3));
            stream.settle();
        }
    }

    @Test
    void framesOfAFixedLengthFollowOneAnother() throws IOException {
        assertFrames(Framing.fixed(3), "onetwosi", "one", "two");
        assertThrows(IllegalArgumentException.class, () -> Framing.fixed(0));
    }

    @Test
    void aFrameMayBeLongerThanWhatAConnectionKeepsUnread() throws IOException {
        String large = "large".repeat(100_000);
        assertFrames(Framing.delimitedBy(Bytes.MB, "\n"), large + "\nsmall\n" + large + "\n", large, "small", large);
        assertFrames(Framing.fixed(500_000), large + large, large, large);
    }

    // ---- the connection

    @Test
    void aHandlerThatPausesGetsTheNextFrameWhenItResumes() throws IOException {
        Frames pausing = new Frames() {
            @Override
            public void onFrame(Connection c, ByteBuffer frame) {
                super.onFrame(c, frame);
                c.pauseReading();
            }
        };
        try (FramedStream stream = new FramedStream(Framing.delimitedBy(BOUND, "\n"), pausing)) {
            stream.send("one\ntwo\nth");
            assertEquals(List.of("one"), pausing.frames);
            stream.onLoop(pausing.connection()::resumeReading);
            stream.settle();
            assertEquals(List.of("one", "two"), pausing.frames);
            stream.send("ree\nfour\n");
            stream.peer.closeOutput();
            for (int resumed = 0; resumed < 2; resumed++) {
                stream.onLoop(pausing.connection()::resumeReading);
                stream.settle();
            }
            assertEquals(List.of("one", "two", "three", "four"), pausing.frames);
            assertFalse(pausing.closed, "the end waits, too");
            stream.onLoop(pausing.connection()::resumeReading);
            stream.turnUntil("the end comes", () -> pausing.closed);
            assertEquals("none", pausing.causeMessage());
        }
    }

    @Test
    void aHandlerThatEndsTheConnectionGetsNoFrameMore() throws IOException {
        Frames closing = new Frames() {
            @Override
            public void onFrame(Connection c, ByteBuffer frame) {
                super.onFrame(c, frame);
                c.close();
            }
        };
        try (FramedStream stream = new FramedStream(Framing.delimitedBy(BOUND, "\n"), closing)) {
            stream.send("one\ntwo\n");
            stream.end(closing);
            assertEquals(List.of("one"), closing.frames);
            assertEquals("none", closing.causeMessage());
        }
    }

    @Test
    void whatAHandlerLeavesOfAFrameIsSkipped() throws IOException {
        Frames lazy = new Frames() {
            @Override
            public void onFrame(Connection c, ByteBuffer frame) {
                frames.add(text(frame.slice().limit(1)));
            }
        };
        try (FramedStream stream = new FramedStream(Framing.delimitedBy(BOUND, "\n"), lazy)) {
            stream.send("one\ntw").send("o\nthree\n");
            assertEquals(List.of("o", "t", "t"), lazy.frames);
        }
    }

    @Test
    void whatWasWrittenBeforeABadFrameIsSent() throws IOException {
        Frames responding = new Frames() {
            @Override
            public void onFrame(Connection c, ByteBuffer frame) {
                c.write(frame);
            }
        };
        try (FramedStream stream = new FramedStream(Framing.fixed(3), responding)) {
            stream.send("onetwo");
            stream.peer.receives("onetwo");
        }
        try (FramedStream stream = new FramedStream(Framing.lengthPrefixed(new LengthPrefix(1), 3), responding)) {
            stream.send("\3one\4two!");
            stream.peer.receives("one");
            stream.peer.receivesEnd();
        }
    }

    // ---- the end

    @Test
    void aStreamThatEndsInsideAFrameSaysSo() throws IOException {
        try (FramedStream stream = stream(Framing.lengthPrefixed(new LengthPrefix(1), BOUND))) {
            stream.send("\3one\3tw");
            stream.end(frames);
            assertEquals(List.of("one"), frames.frames);
            assertEquals("\3tw", frames.remainder);
            assertEquals("The stream ended after 3 bytes of a frame", frames.causeMessage());
        }
    }

    @Test
    void aRemainderMayBeGoodAsItIs() throws IOException {
        frames.takesRemainder = true;
        try (FramedStream stream = stream(Framing.delimitedBy(BOUND, "\n"))) {
            stream.send("one\nlast");
            stream.end(frames);
            assertEquals(List.of("one"), frames.frames);
            assertEquals("last", frames.remainder);
            assertEquals("none", frames.causeMessage());
        }
    }

    @Test
    void aStreamThatEndsAfterAFrameHasNoRemainder() throws IOException {
        try (FramedStream stream = stream(Framing.delimitedBy(BOUND, "\n"))) {
            stream.send("on").send("e\n");
            stream.end(frames);
            assertEquals("", frames.remainder);
            assertEquals("none", frames.causeMessage());
        }
    }

    @Test
    void aResetKeepsItsOwnCause() throws IOException {
        try (FramedStream stream = stream(Framing.delimitedBy(BOUND, "\n"))) {
            stream.send("on");
            stream.peer.reset();
            stream.turnUntil("the handler hears of it", () -> frames.closed);
            assertEquals("Connection reset", frames.causeMessage());
        }
    }
}
