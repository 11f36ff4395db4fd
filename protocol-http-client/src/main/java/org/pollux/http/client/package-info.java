/**
 * An HTTP/1.1 client on a reactor (RFC 9110, RFC 9112).
 *
 * <p>{@link org.pollux.http.client.HttpClient} sends an {@link org.pollux.http.client.HttpRequest}. An
 * {@link org.pollux.http.client.HttpResponseHandler} receives the response piece by piece, or a future returns it as a whole
 * or as a file. The client is a service of the protocol-http-client bundle, with its own reactor. It is also a plain class
 * for a reactor of yours:
 *
 * <pre>{@code
 *   try (ReactorHttpClient client = new ReactorHttpClient(reactor)) {
 *       client.send(HttpRequest.get("http://127.0.0.1:8080/json"), 64 * 1024)
 *               .thenAccept(response -> System.out.println(response.text()));
 *   }
 * }</pre>
 *
 * <p>Inside, a {@code Call} is one exchange with its redirects and its repetition. The {@code Pool} gives it a {@code
 * ClientConnection}, which reads the response with a {@code ResponseParser}, the {@code ResponseFraming} of its head and a
 * body decoder. Everything runs on the reactor's thread; the interfaces may be used from any thread.
 *
 * <p>The client does not pipeline, and does not support cookies, proxies or HTTP/2.
 */
@Export
@Version("0.4.0")
@NullMarked
package org.pollux.http.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
