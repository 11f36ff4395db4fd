package org.pollux.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers requests. As an OSGi service with a {@link Path} it is found by the server, which follows the service: it
 * appears, changes its path, and goes away while requests run. Among handlers of one path the highest
 * {@code service.ranking} answers, and among equals the one that was there first.
 *
 * <p>A path without a handler is answered 404, a method that a handler is not offered for 405 or 501. A handler is
 * offered GET and HEAD; it answers HEAD as it would GET, and the server leaves the body out.
 */
@FunctionalInterface
@ConsumerType
public interface HttpHandler {

    /**
     * Called for each request, on the thread of the connection's reactor: it must not block. Different connections call
     * it on different threads at the same time; one connection calls it for its next request only when this one is
     * answered.
     *
     * <p>The answer may be given in the call, or later and from any thread: both arguments may be passed on, and stay
     * valid until the answer is given. A request that is never answered holds its connection for as long as the client
     * waits.
     *
     * @throws Exception is answered 500 and logged; when the answer was given already, it is logged only
     */
    void handle(Request request, Response response) throws Exception;
}
