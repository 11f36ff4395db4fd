/**
 * The HTTP server, as a {@link org.pollux.reactor.Protocol}.
 *
 * <p>An {@link org.pollux.http.server.HttpProtocol} gives each connection an {@code HttpConnection}, which feeds the bytes
 * that come to its {@code HeadParser}, finds the handler of a whole request in the {@link org.pollux.http.server.Routes},
 * and leaves the rest to its {@code Conversation}: that hands the handler an {@code Exchange}, which is the request's bytes
 * as they lie in the read buffer ({@code RequestHead}), its body as it comes ({@code InboundBody}, by a
 * {@code BodyDecoder}), and an {@code Answer}, which may become a {@code StreamedAnswer}. What is needed only while a
 * callback runs (the answer's buffer, the date, the exchange) exists once for each event loop, in an {@code HttpLoop}: so a
 * request that is answered in its call allocates nothing, and a connection that waits for one holds 256 bytes.
 *
 * <p>{@link org.pollux.http.server.HttpServerComponent} makes an OSGi service of it.
 */
@NullMarked
package org.pollux.http.server;

import org.jspecify.annotations.NullMarked;
