package org.pollux.http;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stands in front of handlers: it responds in their place, adds to their responses, or looks at them as they leave. The server
 * finds it as an OSGi service with a {@link Path}; <code>/*</code> stands for all requests, also for those without a handler. Of
 * several filters the one with the higher {@code service.ranking} comes first, and among equals the one that
 * was there first. {@link Methods} and {@link Host} narrow it further; {@link Blocking} gives it, and all behind it, a
 * thread.
 *
 * <pre>
 *   &#64;Component
 *   &#64;Path("/admin/*")
 *   public final class Guard implements HttpFilter {
 *       &#64;Override
 *       public void filter(Request request, Response response, HttpHandler next) throws Exception {
 *           if (isAllowed(request)) {
 *               next.handle(request, response);
 *           } else {
 *               response.status(403).send();
 *           }
 *       }
 *   }
 * </pre>
 */
@FunctionalInterface
@ConsumerType
public interface HttpFilter {

    /**
     * Called for each request, as {@link HttpHandler#handle} is. Calling {@code next}, now or later, hands the request on;
     * its return does not mean that there is a response. What is to be done with the response belongs into
     * {@link Response#intercept}. {@link Request#attribute} tells the handler what this filter has found out.
     *
     * @param request may be handed on as it is or in a {@link RequestWrapper}
     * @param response must be handed on as it is
     * @param next what is behind this filter: other filters, at last the handler
     * @throws Exception as {@link HttpHandler#handle} does
     */
    void filter(Request request, Response response, HttpHandler next) throws Exception;

    /**
     * Something was refused before there was a request that {@link #filter} could see: a head that is malformed, longer than
     * a limit or too slow to come, or a connection too many of its client. The server has responded. Meant for access
     * logs: filters are told that see all requests, those of <code>/*</code> without methods and hosts, in their
     * order. On the thread of the connection's reactor, for a filter that is {@link Blocking} as well; what it throws is
     * logged.
     *
     * @param remote the peer of the connection
     * @param status of the response
     * @param bytes of the response's body
     */
    default void onRefused(SocketAddress remote, int status, long bytes) {}
}
