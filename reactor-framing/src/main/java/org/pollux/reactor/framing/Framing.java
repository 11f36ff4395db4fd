package org.pollux.reactor.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pollux.reactor.ConnectionHandler;

/**
 * How a stream is cut into frames. It is immutable: one framing serves all connections, from any thread. {@link
 * #around} and {@link #responding} create the handler of each connection.
 *
 * <p>A frame beyond the limit closes the connection, after pending data has been sent. The cause names the fault.
 */
public final class Framing {

    /** The maximum size of an array, with room to count beyond. */
    private static final int LONGEST = 1 << 30;

    private final Supplier<Cut> cuts;

    private Framing(Supplier<Cut> cuts) {
        this.cuts = cuts;
    }

    /**
     * Each frame ends with one of these delimiters, in UTF-8. The delimiter that is complete first is used. If several
     * are complete with the same byte, the longest one is used, so {@code "\r\n"} and {@code "\n"} can be combined.
     *
     * @param most bytes of a frame and its delimiter together
     * @throws IllegalArgumentException if there is no delimiter, an empty one, or one beyond the limit
     */
    public static Framing delimitedBy(int most, String... delimiters) {
        return delimitedBy(
                most, Stream.of(delimiters).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    /** The same, with delimiters of any bytes. */
    public static Framing delimitedBy(int most, byte[]... delimiters) {
        Delimiters checked = new Delimiters(delimiters, most);
        return new Framing(() -> new DelimiterCut(checked, most));
    }

    /**
     * Each frame ends with a match of the pattern, in which each byte is a character of ISO 8859-1. A match counts only
     * if no further byte can change it. So a pattern such as {@code "\n+"} waits for the byte after the new lines, or
     * for the peer's FIN. Empty matches are ignored.
     *
     * <p>The search begins again whenever more bytes of a frame arrive. If fixed delimiters suffice, they are faster.
     *
     * @param most bytes of a frame and its delimiter together
     */
    public static Framing delimitedBy(int most, Pattern delimiter) {
        requireLength("The limit of a frame", most);
        return new Framing(() -> new PatternCut(delimiter, most));
    }

    /**
     * Each frame follows its length.
     *
     * @param most bytes of a frame, without the prefix
     */
    public static Framing lengthPrefixed(LengthPrefix prefix, int most) {
        requireLength("The limit of a frame", most);
        return new Framing(() -> new LengthCut(prefix, most));
    }

    /** Every frame has this number of bytes. */
    public static Framing fixed(int length) {
        requireLength("The length of a frame", length);
        return new Framing(() -> new FixedCut(length));
    }

    static void requireLength(String what, int bytes) {
        if (bytes < 1 || bytes > LONGEST) {
            throw new IllegalArgumentException(what + " must be 1 to " + LONGEST + " bytes, but is " + bytes);
        }
    }

    /** The handler of one connection. It calls the frame handler for each frame. */
    public ConnectionHandler around(FrameHandler handler) {
        return new FrameReader(cuts.get(), handler);
    }

    /**
     * The handler of one connection that responds to each frame and reads no faster than the peer reads the responses. When
     * the peer has sent its FIN, the connection closes after the last response has been sent.
     */
    public ConnectionHandler responding(FrameResponder responder) {
        return around(new PacedResponder(responder));
    }

    /**
     * The handler of a connection that is adopted from the version before.
     *
     * @param state what {@link FrameHandler#snapshot} has put in, which the caller has read already, and behind it the beginning of
     *     an incomplete frame, which this reads
     * @throws IllegalArgumentException when this framing has no frame with that beginning: the connection is not adopted
     */
    public ConnectionHandler around(FrameHandler handler, ByteBuffer state) {
        return new FrameReader(cuts.get(), handler, state);
    }

    /** The same as {@link #around(FrameHandler, ByteBuffer)} for a responder. */
    public ConnectionHandler responding(FrameResponder responder, ByteBuffer state) {
        return around(new PacedResponder(responder), state);
    }
}
