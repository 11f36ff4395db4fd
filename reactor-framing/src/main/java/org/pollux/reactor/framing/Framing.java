package org.pollux.reactor.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pollux.reactor.ConnectionHandler;

/**
 * How a stream is cut into frames. Immutable: one serves all connections, from any thread, and each gets a handler of its
 * own from {@link #around}.
 *
 * <p>A frame beyond the bound closes the connection, after what waits was sent, and the cause says what was wrong.
 */
public final class Framing {

    /** What an array can hold, with room to count beyond. */
    private static final int LONGEST = 1 << 30;

    private final Supplier<Cut> cuts;

    private Framing(Supplier<Cut> cuts) {
        this.cuts = cuts;
    }

    /**
     * Each frame ends with one of these delimiters, in UTF-8. The one that is complete first counts, and of those that are
     * complete with the same byte the longest, so that {@code "\r\n"} and {@code "\n"} go together.
     *
     * @param most bytes of a frame and its delimiter together
     * @throws IllegalArgumentException when there is no delimiter, an empty one, or one beyond the bound
     */
    public static Framing delimitedBy(int most, String... delimiters) {
        return delimitedBy(
                most, Stream.of(delimiters).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    /** The same with delimiters of any bytes. */
    public static Framing delimitedBy(int most, byte[]... delimiters) {
        Delimiters checked = new Delimiters(delimiters, most);
        return new Framing(() -> new DelimiterCut(checked, most));
    }

    /**
     * Each frame ends with what the pattern finds, where each byte is a character of ISO 8859-1. Only a match that no
     * further byte can change counts, so a pattern like {@code "\n+"} waits for the byte behind the new lines, or the
     * peer's FIN. An empty match is none.
     *
     * <p>What has come of a frame is searched again whenever more of it comes: for what fixed delimiters can say, they
     * are the better choice.
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

    /** Every frame has so many bytes. */
    public static Framing fixed(int length) {
        requireLength("The length of a frame", length);
        return new Framing(() -> new FixedCut(length));
    }

    static void requireLength(String what, int bytes) {
        if (bytes < 1 || bytes > LONGEST) {
            throw new IllegalArgumentException(what + " must be 1 to " + LONGEST + " bytes, but is " + bytes);
        }
    }

    /** The handler of one connection, which tells of its frames. */
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
}
