package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which a handler can require an {@link HttpFilter}: the service property {@code name}. See
 * {@link Requires}.
 */
@ComponentPropertyType
public @interface Name {

    String value();
}
