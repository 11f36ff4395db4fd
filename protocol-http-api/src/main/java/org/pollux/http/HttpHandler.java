package org.pollux.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers requests. As an OSGi service with a {@link Path} it is found by the server, which follows the service: it
 * appears, changes its path, and goes away while requests run. Among handlers of one path the highest
 * {@code service.ranking} answers, and among equals the one that was there first.
 *
 * <p>A handler is offered GET and HEAD unless it has {@link Methods}; {@link Host}, {@link Subpaths} and {@link Blocking} say
 * more about it. A path without a handler is answered 404, a method that no handler of the path is offered 405 or 501.
 */
@FunctionalInterface
@ConsumerType
public interface HttpHandler {

    /**
     * Called for each request when its head has come, on the thread of the connection's reactor: it must not block, unless
     * it is {@link Blocking}. Different connections call it on different threads at the same time; one connection calls it
     * for its next request only when this one is answered.
     *
     * <p>The answer may be given in the call, or later and from any thread: both arguments may be passed on, and stay
     * valid until the response is complete; what is kept longer throws {@link IllegalStateException}. A response that does not
     * begin within the server's {@code responseTimeout} (60 s unless configured) is replaced by 503. The time runs from this
     * call, or from the last byte of the body, and not while the handler waits for more of the body.
     *
     * @throws Exception is answered 500 and logged. When the answer was given already it is logged only, and one that has
     *     begun and is not complete is cut off, so that nobody takes it for whole
     */
    void handle(Request request, Response response) throws Exception;
}
