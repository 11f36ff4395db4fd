/**
 * What stands in front of handlers: {@link org.pollux.http.filters.GzipFilter} compresses, {@link
 * org.pollux.http.filters.RequestIdFilter} gives each request a name, {@link org.pollux.http.filters.ForwardedFilter} knows the
 * client behind a proxy, {@link org.pollux.http.filters.AccessLogFilter} writes the access log.
 *
 * <p>Each is off until it has a configuration, and then stands in front of everything unless that names a path. Their order
 * is that of the sentence before, from behind: the log sees the client that the forwarded fields name and the request's id,
 * and counts the bytes that gzip has left.
 */
@NullMarked
package org.pollux.http.filters;

import org.jspecify.annotations.NullMarked;
