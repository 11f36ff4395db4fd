/**
 * Filters for any handler. {@link org.pollux.http.filters.GzipFilter} compresses, {@link
 * org.pollux.http.filters.RequestIdFilter} gives each request an id, {@link org.pollux.http.filters.ForwardedFilter}
 * finds the client behind a proxy, and {@link org.pollux.http.filters.AccessLogFilter} writes the access log. {@link
 * org.pollux.http.filters.BasicFilter} and {@link org.pollux.http.filters.BearerFilter} know users, {@link
 * org.pollux.http.filters.CorsFilter} and {@link org.pollux.http.filters.SecurityHeadersFilter} tell browsers what pages may do.
 *
 * <p>Each is off until it has a configuration. It then applies to all requests unless the configuration names a path.
 * {@code Ranking} has their order: the log sees the client of the forwarded fields and the id of
 * the request, and counts the bytes after compression.
 */
@NullMarked
package org.pollux.http.filters;

import org.jspecify.annotations.NullMarked;
