/**
 * The HTTP server for a Java program: an {@link org.pollux.http.server.HttpProtocol} serves the handlers of its {@link
 * org.pollux.http.server.Routes}. A bundle does not need this package: its handlers are services.
 *
 * <pre>
 *   Routes routes = new Routes();
 *   routes.add((request, response) -&gt; response.send("Hello!"), "/hello");
 *   reactor.listen(address, new HttpProtocol(routes, HttpSettings.defaults()));
 * </pre>
 *
 * <p>Inside, each package knows those below it:
 *
 * <pre>
 *   osgi           the component, its configuration, dynamic services
 *   wires          the choice of a wire for each connection
 *   h1             HTTP/1.1: connections, heads, framing
 *   h2             HTTP/2: connections, streams, windows
 *   routing        handlers, filters and error pages by path; requests that wait for a replacement
 *   exchange       request, response and bodies, carried by any wire
 *   limits         counts of reached limits
 *   settings       the limits of the server, and the places of handlers
 *   syntax         methods, targets, fields, status codes
 * </pre>
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.http.server;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
