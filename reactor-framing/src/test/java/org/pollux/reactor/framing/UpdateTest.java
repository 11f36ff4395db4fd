package org.pollux.reactor.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Snapshot;
import org.pollux.reactor.testkit.Bytes;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;
import org.pollux.reactor.testkit.UpdateContract;

/** A connection passes to the next version inside a frame as well: the beginning of the frame goes along. */
class UpdateTest {

    private static final Framing LINES = Framing.delimitedBy(100, "\r\n", "\n");

    /** Responds to each frame with its number and its length. The number is its state. */
    private record Counting(Framing framing) implements Protocol {

        @Override
        public ConnectionHandler open(Connection connection) {
            return framing.around(new Counter(0));
        }

        @Override
        public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
            return framing.around(new Counter(state.getInt()), state);
        }
    }

    private static final class Counter implements FrameHandler {

        private int frames;

        Counter(int frames) {
            this.frames = frames;
        }

        @Override
        public void onFrame(Connection connection, ByteBuffer frame) {
            frames++;
            connection.write(Bytes.of(frames + ":" + frame.remaining() + " "));
        }

        @Override
        public Snapshot snapshot(Connection connection) {
            return Snapshot.of(ByteBuffer.allocate(4).putInt(0, frames));
        }
    }

    /** Echoes lines, without any state. */
    private static final class Stateless implements Protocol {

        private static final FrameResponder ECHO = FrameResponder.stateless(Connection::write);

        @Override
        public ConnectionHandler open(Connection connection) {
            return LINES.responding(ECHO);
        }

        @Override
        public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
            return LINES.responding(ECHO, state);
        }
    }

    @Test
    void linesPassAtEachByte() {
        UpdateContract.holds(() -> new Counting(LINES), "one\r\ntwo\n\nfour\r\nfi".getBytes(US_ASCII));
        UpdateContract.holds(Stateless::new, "one\r\ntwo\n\nfour\r\nfi".getBytes(US_ASCII));
    }

    @Test
    void framesWithALengthPassAtEachByte() {
        Framing prefixed = Framing.lengthPrefixed(new LengthPrefix(2), 100);
        UpdateContract.holds(() -> new Counting(prefixed), new byte[] {0, 3, 'a', 'b', 'c', 0, 0, 0, 2, 'd', 'e', 0});
    }

    @Test
    void aLargeFrameIsCompletedFirst() {
        Framing large = Framing.delimitedBy(1_000_000, "\n");
        HandConnection connection = new HandConnection(new HandReactor(), new Counting(large));
        connection.receive("x".repeat(40_000));
        assertTrue(connection.passTo(new Counting(large)));
        connection.receive("x".repeat(40_000));
        assertFalse(connection.passTo(new Counting(large)));
        connection.receive("\n");
        assertEquals("1:80000 ", connection.sent());
        assertTrue(connection.passTo(new Counting(large)));
    }

    @Test
    void aHandlerWithoutAStateDoesNotPass() {
        HandConnection connection = new HandConnection(new HandReactor(), _ -> LINES.responding(Connection::write));
        assertFalse(connection.passTo(new Stateless()));
    }

    @Test
    void aFramingThatCannotContinueRefuses() {
        HandConnection connection = new HandConnection(new HandReactor(), new Stateless());
        connection.receive("x".repeat(99));
        assertRefused(Framing.delimitedBy(50, "\n"), connection);
        assertRefused(Framing.delimitedBy(100, "xx"), connection);
        connection.receive("\n");
        assertEquals("x".repeat(99), connection.sent());
    }

    private static void assertRefused(Framing framing, HandConnection connection) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> connection.passTo(new Protocol() {
                    @Override
                    public ConnectionHandler open(Connection opened) {
                        throw new AssertionError("it is adopted");
                    }

                    @Override
                    public ConnectionHandler adopt(Connection adopted, ByteBuffer state) {
                        return framing.responding(Connection::write, state);
                    }
                }));
        assertTrue(refusal.toString().contains("99 bytes"), refusal::toString);
    }
}
