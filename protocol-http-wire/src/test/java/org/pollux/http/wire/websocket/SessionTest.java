package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;
import org.pollux.http.websocket.WebSocketPieces;
import org.pollux.http.wire.Bytes;

/** A connection from its opening to its end, on a wire in memory whose time passes by hand. */
class SessionTest {

    private static final Duration PING = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final int MEMORY = 8191;

    /** What was sent, in hex, and what else was done to the wire. */
    private final List<String> done = new ArrayList<>();

    private final List<String> heard = new ArrayList<>();
    private boolean room = true;
    private int memory = MEMORY;
    private Duration period = Duration.ZERO;
    private Runnable tick = () -> {};

    private final SessionWire wire = new SessionWire() {
        @Override
        public boolean write(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            done.add(HexFormat.of().formatHex(bytes));
            return room;
        }

        @Override
        public void pause() {
            done.add("pause");
        }

        @Override
        public void resume() {
            done.add("resume");
        }

        @Override
        public void every(Duration time, Runnable callback) {
            period = time;
            tick = callback;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void finish() {
            done.add("finish");
        }

        @Override
        public void abort() {
            done.add("abort");
        }

        @Override
        public boolean charge(int octets) {
            memory -= octets;
            return memory >= 0;
        }
    };

    private class Hearing implements WebSocketListener {
        @Override
        public void onOpen(WebSocket socket) {
            heard.add("open");
        }

        @Override
        public void onText(WebSocket socket, String text) throws Exception {
            heard.add(text);
        }

        @Override
        public void onDrained(WebSocket socket) {
            heard.add("drained");
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            heard.add("closed " + code);
        }
    }

    private Session session(WebSocketListener listener) {
        SessionSettings settings =
                new SessionSettings(() -> 0, Optional.empty(), Optional.empty(), 5000, 100, PING, CLOSE);
        Session made = new Session(
                Side.SERVER, listener, wire, settings, new SessionMemory(6), (session, code) -> done.add("ended"));
        made.open();
        return made;
    }

    private final Session session = session(new Hearing());

    /** A frame of a client. */
    private static ByteBuffer frame(Opcode opcode, boolean last, String payload) {
        Bytes out = new Bytes(0);
        FrameWriter.frame(out, opcode, last, false, 0x0102_0304, ByteBuffer.wrap(payload.getBytes(UTF_8)));
        return out.content();
    }

    private static ByteBuffer text(String payload) {
        return frame(Opcode.TEXT, true, payload);
    }

    private static ByteBuffer close(int code) {
        Bytes out = new Bytes(0);
        FrameWriter.close(out, 0x0102_0304, code, "");
        return out.content();
    }

    private void heard(String... what) {
        assertEquals(List.of(what), heard);
    }

    private void done(String... what) {
        assertEquals(List.of(what), done);
    }

    @Test
    void messagesGoBothWays() {
        session.take(text("hello"));
        assertTrue(session.send("€"));
        assertTrue(session.send(ByteBuffer.wrap(new byte[] {1, 2})));
        heard("open", "hello");
        done("8103e282ac", "82020102");
    }

    @Test
    void aPingIsReturnedAsItIs() {
        session.take(frame(Opcode.PING, true, "abc"));
        done("8a03616263");
        heard("open");
    }

    @Test
    void theClosedPeerGetsItsCodeBackAndTheServerEndsFirst() {
        session.take(close(3000));
        done("88020bb8", "ended", "finish");
        heard("open", "closed 3000");
        assertFalse(session.isOpen());
        assertFalse(session.send("too late"));
        done("88020bb8", "ended", "finish");
    }

    @Test
    void aCloseWithoutACodeIsReturnedWithoutOne() {
        session.take(close(CloseCode.NONE));
        done("8800", "ended", "finish");
        heard("open", "closed 1005");
    }

    @Test
    void closingWaitsForThePeer() {
        session.close(4000, "bye");
        done("88050fa0627965");
        heard("open");
        assertFalse(session.isOpen());
        session.close(1000, "again");
        session.take(text("dropped"));
        session.take(frame(Opcode.PING, true, ""));
        session.take(close(4000));
        done("88050fa0627965", "ended", "finish");
        heard("open", "closed 4000");
    }

    @Test
    void aPeerThatDoesNotRespondToTheCloseIsCut() {
        session.close();
        assertEquals(CLOSE, period);
        tick.run();
        done("880203e8", "ended", "abort");
        heard("open", "closed 1006");
    }

    @Test
    void onlyRegisteredCodesAreSent() {
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000}) {
            assertThrows(IllegalArgumentException.class, () -> session.close(code, ""));
        }
        assertTrue(session.isOpen());
    }

    @Test
    void aReasonIsCutAtACharacter() {
        session.close(1000, "€".repeat(100));
        assertEquals(2 * (2 + 2 + 123), done.getFirst().length());
    }

    @Test
    void aFaultIsToldAndEnds() {
        session.take(ByteBuffer.wrap(new byte[] {(byte) 0x81, 0}));
        assertTrue(done.getFirst().startsWith("88") && done.getFirst().startsWith("03ea", 4), done.toString());
        assertEquals(List.of("ended", "finish"), done.subList(1, done.size()));
        heard("open", "closed 1002");
        ByteBuffer more = text("ignored");
        session.take(more);
        assertFalse(more.hasRemaining());
        heard("open", "closed 1002");
    }

    @Test
    void aKindThatTheListenerDoesNotTakeEndsWith1003() {
        session.take(frame(Opcode.BINARY, true, "x"));
        assertTrue(done.getFirst().startsWith("03eb", 4), done.toString());
    }

    @Test
    void aListenerThatFailsEndsWith1011() {
        Session failing = session(new Hearing() {
            @Override
            public void onText(WebSocket socket, String text) {
                throw new IllegalStateException("on purpose");
            }
        });
        failing.take(text("x"));
        done("880203f3", "ended", "finish");
        heard("open", "open", "closed 1011");
    }

    @Test
    void aLostConnectionIsTold() {
        session.lost("reset");
        session.lost("again");
        done("ended", "abort");
        heard("open", "closed 1006");
    }

    @Test
    void aPeerThatEndsItsSideGetsWhatWasSentBefore() {
        session.inputEnded("the end");
        session.lost("later");
        done("ended", "finish");
        heard("open", "closed 1006");
    }

    @Test
    void aPausedListenerGetsNothingUntilItResumes() {
        Session pausing = session(new Hearing() {
            @Override
            public void onText(WebSocket socket, String text) throws Exception {
                super.onText(socket, text);
                socket.pause();
            }
        });
        Bytes two = new Bytes(0).add(text("a")).add(text("b"));
        ByteBuffer in = two.content();
        pausing.take(in);
        heard("open", "open", "a");
        done("pause");
        assertTrue(in.hasRemaining());
        pausing.take(in);
        heard("open", "open", "a");
        pausing.resume();
        pausing.take(in);
        heard("open", "open", "a", "b");
    }

    @Test
    void aWriterIsToldOfRoom() {
        room = false;
        assertFalse(session.send("x"));
        assertTrue(session.isOpen());
        session.drained();
        heard("open", "drained");
    }

    @Test
    void aPeerThatReadsNoPongsGetsOneForItsLatestPing() {
        room = false;
        for (String ping : List.of("1", "2", "3")) {
            session.take(frame(Opcode.PING, true, ping));
        }
        done("8a0131");
        session.drained();
        done("8a0131", "8a0133");
        room = true;
        session.drained();
        session.take(frame(Opcode.PING, true, "4"));
        session.drained();
        done("8a0131", "8a0133", "8a0134");
    }

    @Test
    void aSilentPeerGetsAPingAndIsCutWhenItStaysSilent() {
        assertEquals(PING, period);
        session.take(text("a"));
        tick.run();
        done();
        tick.run();
        done("8900");
        session.take(frame(Opcode.PONG, true, ""));
        tick.run();
        tick.run();
        done("8900", "8900");
        tick.run();
        done("8900", "8900", "ended", "abort");
        heard("open", "a", "closed 1006");
    }

    @Test
    void aPausedPeerIsNotCut() {
        session.pause();
        for (int i = 0; i < 5; i++) {
            tick.run();
        }
        assertTrue(session.isOpen());
        done("pause");
    }

    @Test
    void leavingWaitsForTheEndOfTheMessage() {
        session.take(frame(Opcode.TEXT, false, "a"));
        session.leave(CloseCode.RESTART, Duration.ofSeconds(5));
        assertTrue(session.isOpen());
        assertEquals(Duration.ofSeconds(5), period);
        session.take(frame(Opcode.CONTINUATION, true, "b"));
        heard("open", "ab");
        done("880203f4");
        assertFalse(session.isOpen());
    }

    @Test
    void leavingWaitsForTheEndOfAMessageThatIsSent() {
        session.sendPiece(true, ByteBuffer.wrap(new byte[] {'a'}), false);
        session.leave(CloseCode.RESTART, Duration.ofSeconds(5));
        assertTrue(session.isOpen());
        assertThrows(IllegalStateException.class, () -> session.send("another"));
        session.sendPiece(true, ByteBuffer.allocate(0), true);
        done("010161", "8000", "880203f4");
    }

    @Test
    void leavingDoesNotWaitForEver() {
        session.take(frame(Opcode.TEXT, false, "a"));
        session.leave(CloseCode.RESTART, Duration.ofSeconds(5));
        tick.run();
        done("880203f4");
    }

    @Test
    void piecesComeAsTheyAre() {
        class Pieces extends Hearing implements WebSocketPieces {
            @Override
            public void onPiece(WebSocket socket, boolean text, ByteBuffer data, boolean last) {
                heard.add(text + " " + UTF_8.decode(data) + " " + last);
            }
        }
        Session pieces = session(new Pieces());
        pieces.take(frame(Opcode.TEXT, false, "a"));
        pieces.take(frame(Opcode.CONTINUATION, false, "b"));
        pieces.take(frame(Opcode.CONTINUATION, true, ""));
        heard("open", "open", "true a false", "true b false", "true  true");
    }

    @Test
    void whatIsKeptOfMessagesIsCountedAndLimited() {
        ByteBuffer large = frame(Opcode.TEXT, true, "x".repeat(4000));
        session.take(large.slice(0, 3000));
        assertEquals(MEMORY - 4096, memory, "its memory counts, not its length");
        session.take(large.position(3000));
        assertEquals(MEMORY, memory);
        ByteBuffer small = frame(Opcode.TEXT, true, "x".repeat(100));
        session.take(small.slice(0, 60));
        assertEquals(MEMORY - 100, memory, "a small part has no more than it needs");
        session.take(small.position(60));
        assertEquals(MEMORY, memory);
        session.take(frame(Opcode.TEXT, false, "x".repeat(4000)));
        assertEquals(MEMORY - 4096, memory);
        session.take(frame(Opcode.CONTINUATION, false, "x".repeat(97)));
        assertEquals(MEMORY, memory);
        assertTrue(heard.contains("closed 1013"), heard.toString());
    }

    /** Sends each message back, as it came. */
    private static class Echoing implements WebSocketListener {
        @Override
        public void onText(WebSocket socket, String text) {
            boolean _ = socket.send(text);
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer data) {
            boolean _ = socket.send(data);
        }
    }

    @Test
    void aLongMessageOfACallbackIsWrittenBehindItsHeaderWithoutACopy() {
        Session echo = session(new Echoing());
        String payload = "x".repeat(3000);
        echo.take(frame(Opcode.BINARY, true, payload));
        done("827e0bb8", HexFormat.of().formatHex(payload.getBytes(UTF_8)));
        done.clear();
        assertTrue(echo.send(ByteBuffer.wrap(payload.getBytes(UTF_8))), "outside a callback");
        done("827e0bb8" + HexFormat.of().formatHex(payload.getBytes(UTF_8)));
    }

    @Test
    void framesOfAnyLengthComeBackHoweverTheyAreCut() {
        for (int length : new int[] {0, 1, 125, 126, 256, 257, 1000, 2048, 2049, 4999}) {
            byte[] payload = new byte[length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) ('a' + i % 23);
            }
            for (Opcode opcode : new Opcode[] {Opcode.TEXT, Opcode.BINARY}) {
                Bytes expected = new Bytes(0);
                FrameWriter.frame(expected, opcode, true, false, 0, ByteBuffer.wrap(payload));
                for (int cut : new int[] {0, 1, 7, 8, 9, 100, 300, 2000, 4000}) {
                    memory = Integer.MAX_VALUE;
                    Bytes sent = new Bytes(0);
                    FrameWriter.frame(sent, opcode, true, false, 0x0102_0304, ByteBuffer.wrap(payload));
                    Session echo = session(new Echoing());
                    done.clear();
                    int first = Math.min(cut, sent.size());
                    ByteBuffer in = ByteBuffer.allocateDirect(sent.size())
                            .put(sent.content())
                            .flip()
                            .limit(first);
                    echo.take(in);
                    echo.take(in.limit(sent.size()));
                    assertEquals(
                            HexFormat.of().formatHex(expected.array(), 0, expected.size()),
                            String.join("", done),
                            length + " octets, cut at " + cut);
                    assertEquals(Integer.MAX_VALUE, memory);
                }
            }
        }
    }

    @Test
    void aBufferThatCannotBeWrittenToIsRead() {
        Session echo = session(new Echoing());
        echo.take(frame(Opcode.BINARY, true, "x".repeat(300)).asReadOnlyBuffer());
        done("827e012c" + "78".repeat(300));
    }

    @Test
    void aListenerThatChangesTheOrderOfItsBufferChangesItForNoOther() {
        List<Integer> numbers = new ArrayList<>();
        WebSocketListener clumsy = new WebSocketListener() {
            @Override
            public void onBinary(WebSocket socket, ByteBuffer data) {
                numbers.add((int) data.getShort());
                var _ = data.order(ByteOrder.LITTLE_ENDIAN);
            }
        };
        Session first = session(clumsy);
        first.take(frame(Opcode.BINARY, true, "\0\1"));
        first.take(frame(Opcode.BINARY, true, "\0\1"));
        assertEquals(List.of(1, 1), numbers);
    }
}
