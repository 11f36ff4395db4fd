package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which an {@link HttpFilter} can be demanded: the service property {@code name}. See {@link Requires}.
 */
@ComponentPropertyType
public @interface Name {

    String value();
}
