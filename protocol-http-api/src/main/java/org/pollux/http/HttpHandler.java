package org.pollux.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Responds to requests. The server finds it as an OSGi service with a {@link Path}, and follows the service: it can
 * appear, change its path and be removed while requests run. Among handlers of one path the one with the highest
 * {@code service.ranking} is called, and among equals the one that was registered first.
 *
 * <p>A handler gets GET and HEAD requests unless it has {@link Methods}; {@link Host}, {@link Subpaths} and
 * {@link Blocking} describe it further. The server responds with 404 to a path without a handler, and with 405 or 501
 * to a method that no handler of the path takes.
 */
@FunctionalInterface
@ConsumerType
public interface HttpHandler {

    /**
     * Called for each request when its head has come, on the thread of the connection's reactor. It must not block,
     * unless it is {@link Blocking}. Several threads may call it at the same time. Requests of one connection may also
     * be under way at the same time: keep state with the request, not with its connection.
     *
     * <p>The handler can respond in the call, or later and from any thread. Both arguments may be passed on. They are
     * valid until the response is complete; afterwards they throw {@link IllegalStateException}. The server responds
     * with 503 when the response does not begin within {@code responseTimeout} (60 s unless configured). The time runs
     * from this call, or from the last byte of the body, and stops while the handler waits for more of the body.
     *
     * @throws Exception makes the server respond with 500, and is logged; an {@link HttpException} sets another status.
     *     When the response is complete already, the exception is only logged. A response that has begun and is not
     *     complete is aborted, so that no client takes it for complete
     */
    void handle(Request request, Response response) throws Exception;
}
