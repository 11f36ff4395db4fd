package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * For which status codes an {@link ErrorPage} is there: the service property {@code status}, one or several, 400 to 599.
 * Without it, it is there for all of them. Configuration of the component overrides it.
 */
@ComponentPropertyType
public @interface Status {

    int[] value();
}
