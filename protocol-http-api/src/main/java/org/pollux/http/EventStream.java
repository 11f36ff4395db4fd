package org.pollux.http;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A response of server-sent events (HTML Standard, section 9.2), which a browser reads with {@code new EventSource(url)}. Each
 * event leaves at once, also through a compressing filter.
 *
 * <p>The stream has no end of its own. It ends, as a complete response, when it is {@linkplain #close closed}, when the
 * server shuts down or is updated, when the service of its handler is unregistered, and when an HTTP/1.1 client sends its
 * FIN. A client that still wants events then connects again, and reaches the new handler.
 *
 * <p>Any thread may call every method, but one at a time. When the stream has ended, all methods are no-ops.
 *
 * @see Response#events
 */
@ProviderType
public interface EventStream extends AutoCloseable {

    /**
     * Sends an event.
     *
     * @return false when more bytes wait than the high-water mark: leave out events until {@link #onDrained}, because the
     *     client does not keep up. Also false when the stream has ended; {@link #isOpen} distinguishes the two. A sender
     *     that ignores {@code false} is aborted at a hard limit (16 MiB)
     */
    boolean send(ServerSentEvent event);

    /** Sends an event with this data and no other field; see {@link ServerSentEvent#of}. */
    default boolean send(String data) {
        return send(ServerSentEvent.of(data));
    }

    /**
     * Sets the time after which an empty comment is sent, again and again, unless the client does not keep up. It keeps
     * proxies from ending a quiet connection, and finds clients that have gone without a word. 15 seconds unless set.
     *
     * @param interval {@link Duration#ZERO} for no heartbeat
     * @return this stream
     * @throws IllegalArgumentException when the interval is negative
     */
    EventStream heartbeat(Duration interval);

    /**
     * Sets the callback for when the bytes that wait have fallen to the low-water mark after {@link #send} had returned
     * false. It replaces an earlier callback.
     *
     * @param callback on the thread of the connection's reactor; its exceptions abort the response and are logged
     * @return this stream
     */
    EventStream onDrained(Runnable callback);

    /**
     * Sets the callback for the end of the stream, in any way. It replaces an earlier callback. It is called at once when
     * the stream has ended already.
     *
     * @param callback on the thread of the connection's reactor, once
     * @return this stream
     */
    EventStream onClosed(Runnable callback);

    /**
     * The {@link ServerSentEvent#id} of the last event that the client has got from an earlier stream: the field
     * {@code Last-Event-ID} of the request. Send what has happened since.
     */
    Optional<String> lastEventId();

    /** Whether the stream was not closed, and the client is not known to have disconnected. */
    boolean isOpen();

    /** Ends the stream. A browser connects again; a response with status 204 to that request stops it. */
    @Override
    void close();
}
