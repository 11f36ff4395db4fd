/**
 * The HTTP client on a reactor of yours.
 *
 * <pre>{@code
 *   try (ReactorHttpClient client = new ReactorHttpClient(reactor)) {
 *       client.send(HttpRequest.get("http://127.0.0.1:8080/json"), 64 * 1024)
 *               .thenAccept(response -> System.out.println(response.text()));
 *   }
 * }</pre>
 */
@Export
@Version("0.4.0")
@NullMarked
package org.pollux.http.client.reactor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
