package org.pollux.http;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is called before handlers. It can respond in their place, add to their responses, or observe them. The server finds
 * it as an OSGi service with a {@link Path}; <code>/*</code> means all requests, also those without a handler. Of
 * several filters the one with the higher {@code service.ranking} comes first, and among equals the one that was
 * registered first. {@link Methods} and {@link Host} narrow it further; {@link Blocking} gives it, and all that follow
 * it, a thread.
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
     * Called for each request, as {@link HttpHandler#handle} is. Calling {@code next}, now or later, passes the request
     * on; its return does not mean that there is a response. Later, and from another thread, {@link Request#execute} brings the
     * call to where handlers expect it. Work on the response belongs in
     * {@link Response#intercept}. {@link Request#attribute} passes results of this filter to the handler.
     *
     * @param request may be passed on as it is or in a {@link RequestWrapper}
     * @param response must be passed on as it is
     * @param next the rest of the chain: other filters, and finally the handler
     * @throws Exception as {@link HttpHandler#handle} does
     */
    void filter(Request request, Response response, HttpHandler next) throws Exception;

    /**
     * The server has refused something before there was a request for {@link #filter}, and has responded: a head that
     * is malformed, longer than a limit or too slow, or a connection beyond the limit for one client. A connection of HTTP/2 that
     * breaks a rule is told as 400 with no bytes. Meant for access logs. It is called for the filters that see all requests,
     * those of <code>/*</code> without methods and hosts, in their order. On the thread of the connection's reactor, also for a filter that is {@link Blocking}; its
     * exceptions are logged.
     *
     * @param remote the peer of the connection
     * @param status of the response
     * @param bytes of the response's body
     */
    default void onRefused(SocketAddress remote, int status, long bytes) {}
}
