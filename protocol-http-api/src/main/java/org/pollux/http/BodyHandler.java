package org.pollux.http;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the body of a request in pieces, as they come. All callbacks are made on the thread of the connection's reactor,
 * never one inside another.
 *
 * <pre>
 *   read → onData* → ( onEnd | onFailed )
 * </pre>
 *
 * <p>When a callback throws, the server logs that and responds with 500 (or with the status of an {@link HttpException}), or
 * aborts a response that has begun. No other callback follows.
 */
@FunctionalInterface
@ConsumerType
public interface BodyHandler {

    /**
     * Bytes of the body have come, without any framing. Bytes left between position and limit are presented again, in
     * front of the next ones, or at once when the body is {@link RequestBody#resume resumed}. At most 64 KiB may be
     * left; a handler that has to wait {@link RequestBody#pause pauses}, and the client is held back. Bytes left of the
     * last piece are not presented again.
     *
     * @param in at least one byte, valid during the call only, and to be read from only; it may be passed to
     *     {@link ResponseStream#write} or {@link Response#send(ByteBuffer)} as it is
     */
    void onData(ByteBuffer in) throws Exception;

    /**
     * The body is complete: nothing follows. Also called for an empty body.
     *
     * @param trailers the trailer fields (RFC 9110, section 6.5), usually none; valid during the call only
     */
    default void onEnd(Headers trailers) throws Exception {}

    /**
     * The body does not become complete: the client has disconnected or is too slow, the body is malformed or longer
     * than a limit, or the response was complete first. The server has responded, or the client has disconnected:
     * everything that the handler sends from now on is discarded.
     *
     * @param cause says which of these it was
     */
    default void onFailed(Throwable cause) {}
}
