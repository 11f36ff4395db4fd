/**
 * {@code pollux fetch}: many URLs at once over one reactor, saved or printed in their order. It is a plain program on the
 * {@linkplain org.pollux.http.client HTTP client}; no server and no framework is needed.
 */
@NullMarked
package org.pollux.fetch;

import org.jspecify.annotations.NullMarked;
