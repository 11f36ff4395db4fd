package org.pollux.http;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is called when a response begins and when it has ended. Filters use it to add fields, compress bodies, or write an
 * access log. One without state may serve all requests. The server calls it on the thread of the connection's reactor,
 * each method once for a response.
 *
 * @see Response#intercept
 */
@ConsumerType
public interface ResponseInterceptor {

    /**
     * The response begins, and nothing of it was sent. Its status is decided; fields can be added and removed, and its
     * body can be encoded. Of several interceptors the one that was added last is called first. When this throws, the
     * server logs that and responds with 500.
     *
     * @param head valid during the call only
     */
    default void onHead(ResponseHead head) {}

    /**
     * The response has ended: the connection has taken all of it, or it was cut. Of several interceptors the one that
     * was added last is called first. Its exceptions are logged.
     *
     * @param request may still be read
     * @param status that was sent
     * @param bytes of the body that were sent: encoded, without framing; 0 for HEAD. When the response was cut, the
     *     bytes that may have reached the client, as far as the server knows
     * @param failure why the response was cut; null when all of it was sent
     */
    default void onEnd(Request request, int status, long bytes, @Nullable Throwable failure) {}
}
