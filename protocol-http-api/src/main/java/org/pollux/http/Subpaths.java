package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says of an {@link HttpHandler} or {@link HttpFilter} that it serves everything below its paths too: the service property
 * {@code subpaths}. Each {@link Path} counts twice, as it is and with <code>/*</code> after it, so that a user who configures
 * the path need not know: {@code /files} stands for {@code /files} and <code>/files/*</code>, {@code /} for all paths.
 */
@ComponentPropertyType
public @interface Subpaths {}
