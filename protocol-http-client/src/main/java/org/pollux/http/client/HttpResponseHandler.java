package org.pollux.http.client;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.http.Headers;

/**
 * Takes a response as it comes. The thread of the client's reactor makes all callbacks, never inside
 * {@link HttpClient#send} and never one inside another. They must not block.
 *
 * <pre>
 *   send → [ onHead → onData* ] → ( onEnd | onFailed )
 * </pre>
 *
 * <p>What {@code onHead} or {@code onData} throws ends the exchange, and is the cause of the failure that {@code onFailed} gets.
 */
@ConsumerType
public interface HttpResponseHandler {

    /**
     * The head of the final response has come. Called at most once, and not for interim responses (1xx) nor for redirects that
     * are followed.
     *
     * @param exchange the one that {@link HttpClient#send} returned
     */
    void onHead(HttpResponseHead head, HttpExchange exchange) throws Exception;

    /**
     * Bytes of the body have come, without their framing and, if the client asked for gzip, without that. What is left in
     * the buffer is not presented again; a handler that wants to wait takes it all and {@link HttpExchange#pause pauses}.
     *
     * @param in at least one byte, valid during the call only, and to be read from only
     */
    void onData(ByteBuffer in) throws Exception;

    /**
     * The body is complete, and every byte of it was presented. Always last.
     *
     * @param trailers the fields after a body that came in chunks; usually none
     */
    void onEnd(Headers trailers);

    /** The exchange failed, at whatever point it was. Always last, and instead of {@link #onEnd}. */
    void onFailed(HttpFailure cause);
}
