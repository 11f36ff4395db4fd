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
 * <p>What a callback throws is answered 500 and logged; when an answer has begun, the connection is cut instead. No other
 * callback follows.
 */
@FunctionalInterface
@ConsumerType
public interface BodyHandler {

    /**
     * Bytes of the body have come, without their chunks' framing. What is left between position and limit is presented
     * again, in front of what comes next, or at once when the body is {@link RequestBody#resume resumed}. At most 64 KiB
     * may be left; a handler that wants to wait {@link RequestBody#pause pauses}, and the client is held back. What is left
     * of the last piece is not presented again.
     *
     * @param in at least one byte, valid during the call only, and to be read from only; it may be passed to
     *     {@link ResponseStream#write} or {@link Response#send(ByteBuffer)} as it is
     */
    void onData(ByteBuffer in) throws Exception;

    /**
     * The body is complete: nothing follows. Called for an empty body too.
     *
     * @param trailers the fields behind a body that came in chunks (RFC 9112, section 7.1.2), none as a rule; valid during
     *     the call only
     */
    default void onEnd(Headers trailers) throws Exception {}

    /**
     * The body does not come to its end: the client is gone or too slow, the body is malformed or longer than a limit, or
     * the answer was complete before it. The server has answered, or the connection is lost: an answer that the handler
     * gives from here on does nothing.
     *
     * @param cause says which of them
     */
    default void onFailed(Throwable cause) {}
}
