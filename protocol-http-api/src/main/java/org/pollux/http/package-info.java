/**
 * What an HTTP handler sees. The server that calls it is another bundle, so that either can be updated without the
 * other.
 *
 * <p>An {@link org.pollux.http.HttpHandler} is a service with a {@link org.pollux.http.Path}. It is given a
 * {@link org.pollux.http.Request} and a {@link org.pollux.http.Response}, and answers once: during the call, or later
 * and from any thread. That is all of it:
 *
 * <pre>
 *   &#64;Component
 *   &#64;Path("/hello")
 *   public final class Hello implements HttpHandler {
 *       &#64;Override
 *       public void handle(Request request, Response response) {
 *           response.header("Content-Type", "text/plain").send("Hello!");
 *       }
 *   }
 * </pre>
 *
 * <p>What else there is: bodies of requests ({@link org.pollux.http.RequestBody}), answers in pieces
 * ({@link org.pollux.http.ResponseStream}), handlers that block ({@link org.pollux.http.Blocking}), filters in front of
 * handlers ({@link org.pollux.http.HttpFilter}), and pages for what goes wrong ({@link org.pollux.http.ErrorPage}).
 *
 * <p>The server owns what would let one answer be mistaken for another: the order of pipelined answers, their framing,
 * {@code Connection} and {@code Date}. A handler owns the rest. Terms are those of RFC 9110 and RFC 9112.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
