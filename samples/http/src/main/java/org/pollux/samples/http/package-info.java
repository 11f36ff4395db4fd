/**
 * HTTP handlers to copy from: {@link org.pollux.samples.http.Plaintext} is the smallest,
 * {@link org.pollux.samples.http.Json} sends JSON, {@link org.pollux.samples.http.Home} uses another service.
 */
@NullMarked
package org.pollux.samples.http;

import org.jspecify.annotations.NullMarked;
