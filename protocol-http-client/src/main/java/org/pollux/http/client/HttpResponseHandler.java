package org.pollux.http.client;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.pollux.http.Headers;

/**
 * Receives a response as its bytes come. The thread of the client's reactor makes all callbacks, never inside {@link
 * HttpClient#send} and never one inside another. They must not block.
 *
 * <pre>
 *   send → onInterim* → [ onHead → onData* ] → ( onEnd | onFailed )
 * </pre>
 *
 * <p>An exception from {@code onInterim}, {@code onHead} or {@code onData} ends the exchange, and is the cause of the failure that {@code
 * onFailed} gets.
 */
@ConsumerType
public interface HttpResponseHandler {

    /**
     * An interim response has come (1xx, RFC 9110, section 15.2), such as 103 with fields that announce what the final one
     * will need. At most 32 come in an exchange; more, or one with a longer head than {@link ClientSettings#headLimit}, fail
     * it. Those of redirects that are followed also come here.
     *
     * @param head its status is 100 or 102 to 199
     */
    default void onInterim(HttpResponseHead head) throws Exception {}

    /**
     * The head of the final response has come. Called at most once, and neither for interim responses (1xx) nor for
     * redirects that are followed.
     *
     * @param exchange the one that {@link HttpClient#send} returned
     */
    void onHead(HttpResponseHead head, HttpExchange exchange) throws Exception;

    /**
     * Bytes of the body have come. Framing is removed, and gzip is decoded if the client asked for it. Bytes that remain in
     * the buffer are not presented again; a handler that wants to wait takes all of them and {@link HttpExchange#pause
     * pauses}.
     *
     * @param in at least one byte, read-only, valid during the call only
     */
    void onData(ByteBuffer in) throws Exception;

    /**
     * The body is complete, and every byte of it was presented. This is the last callback.
     *
     * @param trailers the fields after a body that came in chunks; usually none
     */
    void onEnd(Headers trailers);

    /** The exchange failed, at any point. This is the last callback, made instead of {@link #onEnd}. */
    void onFailed(HttpFailure cause);
}
