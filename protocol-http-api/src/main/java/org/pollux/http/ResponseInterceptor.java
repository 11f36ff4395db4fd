package org.pollux.http;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees an answer leave: what a filter needs that adds fields, compresses bodies, or writes an access log. One without state
 * may serve all requests. Its callbacks are made on the thread of the connection's reactor, each once for an answer.
 *
 * @see Response#intercept
 */
@ConsumerType
public interface ResponseInterceptor {

    /**
     * The answer begins, and nothing of it was sent: its status is decided, fields can be added and removed, and its body be
     * encoded. Of several interceptors the one that was added last is called first.
     *
     * @param head valid during the call only
     */
    default void onHead(ResponseHead head) {}

    /**
     * The answer has ended. Of several interceptors the one that was added last is called first.
     *
     * @param request may be read still
     * @param status that was sent
     * @param bytes of the body as it was sent: encoded, without chunks' framing; 0 for HEAD
     * @param failure why the client did not get the whole answer, as far as the server knows; null when it got
     *     all of it
     */
    default void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {}
}
