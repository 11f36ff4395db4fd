/**
 * Tests handlers and filters without a socket. {@link org.pollux.http.testkit.HandlerKit} is the real HTTP server on a
 * reactor that the test turns, so paths, methods, filters, error pages, streams and limits are those of production.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.http.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
