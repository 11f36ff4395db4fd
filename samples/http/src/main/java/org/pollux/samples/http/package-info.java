/**
 * HTTP handlers to copy from.
 *
 * <p>{@link org.pollux.samples.http.Plaintext} is the smallest. {@link org.pollux.samples.http.Json} sends JSON. {@link
 * org.pollux.samples.http.Home} uses another service. {@link org.pollux.samples.http.Echo} streams bodies in and out.
 * {@link org.pollux.samples.http.Upload} only receives a body, {@link org.pollux.samples.http.Bytes} only sends one.
 * {@link org.pollux.samples.http.Digest} blocks. {@link org.pollux.samples.http.Later} responds by a timer. {@link
 * org.pollux.samples.http.Events} never ends. {@link org.pollux.samples.http.Errors} is an error page.
 */
@NullMarked
package org.pollux.samples.http;

import org.jspecify.annotations.NullMarked;
