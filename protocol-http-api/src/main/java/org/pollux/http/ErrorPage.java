package org.pollux.http;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes the bodies of responses with a status of 400 and above, instead of a line of plain text: of the server's own
 * (a path has no handler, a handler has failed, a limit was met, a request is malformed), and of those that a handler
 * or a filter sends by {@link Response#sendError}. The server finds it as an OSGi service. {@link Status}, {@link Path}
 * and {@link Host} limit it; without them it is for every such response.
 *
 * <p>When several match, the one with more of these properties writes the body, among those the one with the highest
 * {@code service.ranking}, and among equals the one that was registered first.
 *
 * <pre>
 *   &#64;Component
 *   &#64;Status(404)
 *   public final class NotFound implements ErrorPage {
 *       &#64;Override
 *       public ErrorBody body(int status, &#64;Nullable Request request) {
 *           return ErrorBody.html("&lt;title&gt;Not found&lt;/title&gt;&lt;p&gt;There is nothing here.");
 *       }
 *   }
 * </pre>
 */
@FunctionalInterface
@ConsumerType
public interface ErrorPage {

    /**
     * Called for each such response, on the thread that sends it, usually that of a reactor: it must not block. Several
     * threads may call it at once. In a response to HEAD the body is not sent, but its length is.
     *
     * @param status of the response, 400 to 599
     * @param request valid during the call only, and its body must not be read; null when there is none, because it was
     *     malformed, longer than a limit or too slow. Without a request, a page with {@link Path} or {@link Host} is
     *     not called
     * @return the body to send. When this throws, that is logged, and the line of plain text is sent
     */
    ErrorBody body(int status, @Nullable Request request);
}
