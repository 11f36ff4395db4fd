package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks an {@link HttpHandler} or {@link HttpFilter} that also serves everything below its paths: the service property
 * {@code subpaths}. Each {@link Path} counts twice, as it is and with <code>/*</code> after it, so that a user can
 * configure the path without this detail: {@code /files} means {@code /files} and <code>/files/*</code>, {@code /}
 * means all paths.
 */
@ComponentPropertyType
public @interface Subpaths {}
