package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says of an {@link HttpHandler} or {@link HttpFilter} that it serves everything below its paths too: the service property
 * {@code subpaths}. Each {@link Path} counts as if <code>/*</code> stood behind it, so that whoever configures the path need
 * not know: {@code /files} becomes <code>/files/*</code>, and {@code /} becomes <code>/*</code>.
 */
@ComponentPropertyType
public @interface Subpaths {}
