/**
 * The API for HTTP handlers. The server that calls them is another bundle, so either can be updated without the other.
 *
 * <p>An {@link org.pollux.http.HttpHandler} is a service with a {@link org.pollux.http.Path}. It gets a
 * {@link org.pollux.http.Request} and a {@link org.pollux.http.Response}, and responds once: during the call, or later
 * and from any thread. A complete handler:
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
 * <p>The package also has bodies of requests ({@link org.pollux.http.RequestBody}), responses in pieces
 * ({@link org.pollux.http.ResponseStream}), server-sent events ({@link org.pollux.http.EventStream}), handlers that block ({@link org.pollux.http.Blocking}), filters in front of
 * handlers ({@link org.pollux.http.HttpFilter}), and pages for errors ({@link org.pollux.http.ErrorPage}).
 * {@link org.pollux.http.Parameters} reads queries and forms, {@link org.pollux.http.Cookies} and {@link
 * org.pollux.http.SetCookie} read and set cookies, {@link org.pollux.http.AcceptedTypes} tells what a client accepts, {@link
 * org.pollux.http.Problem} tells a client about an error, and {@link org.pollux.http.multipart} reads forms with files.
 *
 * <p>A handler does not see which version of HTTP carries it. The server handles the framing of messages and everything
 * about the connection: the length and the end of bodies, the order of responses, {@code Connection} and {@code Date}.
 * A handler handles the rest. Terms are those of RFC 9110.
 *
 * <p>Three rules hold for the whole package. No argument, result or component is null unless it is
 * {@link org.jspecify.annotations.Nullable}; a result that may be absent is an {@link java.util.Optional}, which is
 * never an argument. Callbacks that work on a request ({@code handle}, {@code filter}, {@code onData}, {@code onEnd}
 * and {@code onBody} of a body) may throw any exception, and the server responds for them; all other methods throw
 * unchecked exceptions only, except the {@code java.io} streams of a handler that blocks. Annotations are component
 * property types, and a component's configuration overrides them.
 */
@Export
@Version("0.6.0")
@NullMarked
package org.pollux.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
