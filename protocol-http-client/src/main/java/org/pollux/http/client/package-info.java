/**
 * An HTTP client on a reactor (RFC 9110): HTTP/1.1 (RFC 9112) and HTTP/2 (RFC 9113), as the server speaks it.
 *
 * <p>{@link org.pollux.http.client.HttpClient} sends an {@link org.pollux.http.client.HttpRequest}. An
 * {@link org.pollux.http.client.HttpResponseHandler} receives the response piece by piece, or a future returns it as a whole
 * or as a file. The client is a service of the protocol-http-client bundle, with its own reactor. The package {@code
 * org.pollux.http.client.reactor} has it as a plain class for a reactor of yours.
 *
 * <p>Inside, a {@code Call} is one exchange with its redirects and its repetitions. The {@code Pool} gives it a connection, and
 * knows which wire it speaks. Everything runs on the reactor's thread; the interfaces may be used from any thread.
 *
 * <p>The client does not pipeline, and does not support cookies.
 */
@Export
@Version("0.5.0")
@NullMarked
package org.pollux.http.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
