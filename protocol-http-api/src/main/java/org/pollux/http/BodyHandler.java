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
     * Bytes of the body have come, without any framing. What is left between position and limit is presented
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
     * @param trailers the fields behind the body (RFC 9110, section 6.5), none as a rule; valid during the call only
     */
    default void onEnd(Headers trailers) throws Exception {}

    /**
     * The body does not come to its end: the client is gone or too slow, the body is malformed or longer than a limit, or
     * the response was complete before it. The server has responded, or the client is gone: what the handler sends from here
     * on is thrown away.
     *
     * @param cause says which of them
     */
    default void onFailed(Throwable cause) {}
}
