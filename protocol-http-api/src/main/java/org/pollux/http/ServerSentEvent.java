package org.pollux.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One event of an {@link EventStream}, in the format of the HTML Standard (section 9.2, "Server-sent events"). It is
 * immutable: each method returns a new one. Any thread may use it, and one event may be sent to many streams.
 *
 * <pre>
 *   ServerSentEvent.of("3 people are here").type("presence").id("42")
 * </pre>
 */
public final class ServerSentEvent {

    /** Its lines, without the empty line behind them. */
    private final String lines;

    private final byte[] encoded;

    private ServerSentEvent(String lines) {
        this.lines = lines;
        this.encoded = (lines + '\n').getBytes(UTF_8);
    }

    /**
     * An event with this data, which a browser gives to {@code onmessage}.
     *
     * @param data any text. It may have several lines, which end with CR, LF or both; the client gets them with LF
     */
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent(eachLine("data: ", data));
    }

    /** A comment, which a client ignores. It may carry an {@link #id} or a {@link #retry} without an event. */
    public static ServerSentEvent comment(String text) {
        return new ServerSentEvent(eachLine(": ", text));
    }

    /** In front of each line: a line end inside a value would begin another field. */
    private static String eachLine(String before, String text) {
        return before + text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\n" + before) + '\n';
    }

    /**
     * Names the event. A browser gives it to the listeners of that type instead of {@code onmessage}.
     *
     * @throws IllegalArgumentException when the name has a line end
     */
    public ServerSentEvent type(String name) {
        requireLine("The type", name);
        return with("event: " + name);
    }

    /**
     * Numbers the event. A client that connects again tells the last number that it has got; see
     * {@link EventStream#lastEventId}. An empty one makes the client forget the number.
     *
     * @throws IllegalArgumentException when it has a line end or U+0000
     */
    public ServerSentEvent id(String id) {
        requireLine("The id", id);
        if (id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The id of an event has U+0000, and clients ignore such an id");
        }
        return with("id: " + id);
    }

    /**
     * How long the client waits before it connects again, in milliseconds. Browsers wait about 3 seconds unless told.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public ServerSentEvent retry(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("The time before a client connects again is negative: " + wait);
        }
        return with("retry: " + wait.toMillis());
    }

    private static void requireLine(String what, String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(what + " of an event has a line end, which would begin another field");
        }
    }

    private ServerSentEvent with(String line) {
        return new ServerSentEvent(line + '\n' + lines);
    }

    /** The event as it is sent, in UTF-8; each call returns another read-only view. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(encoded).asReadOnlyBuffer();
    }

    /** The event as it is sent. */
    @Override
    public String toString() {
        return lines + '\n';
    }
}
