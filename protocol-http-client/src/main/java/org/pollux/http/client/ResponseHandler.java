package org.pollux.http.client;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.http.Headers;

/**
 * Takes an answer as it comes. All callbacks are made on the thread of the client's reactor, never inside
 * {@link HttpClient#send} and never one inside another, and must not block it.
 *
 * <pre>
 *   send → [ onHead → onData* ] → ( onEnd | onFailed )
 * </pre>
 *
 * <p>What {@code onHead} or {@code onData} throws ends the exchange, and is the cause that {@code onFailed} hears.
 */
@ConsumerType
public interface ResponseHandler {

    /**
     * The head of the final answer is there: interim ones (1xx) and redirects that are followed are not told.
     *
     * @param exchange the same that {@link HttpClient#send} has returned
     */
    void onHead(ResponseHead head, Exchange exchange) throws Exception;

    /**
     * Bytes of the body have come, without their framing and, if the client asked for gzip, without that. What is left in
     * the buffer is not presented again; a handler that wants to wait takes it all and {@link Exchange#pause pauses}.
     *
     * @param in at least one byte, valid during the call only, and to be read from only
     */
    void onData(ByteBuffer in) throws Exception;

    /**
     * The body is complete, and every byte of it was presented. Always last.
     *
     * @param trailers the fields behind a body that came in chunks, none as a rule
     */
    void onEnd(Headers trailers);

    /** The exchange does not come to its end, however far it was. Always last. */
    void onFailed(HttpFailure cause);
}
