package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The status codes of an {@link ErrorPage}: the service property {@code status}, one or several, 400 to 599. Without
 * it, the page is for all of them. Configuration of the component overrides it.
 */
@ComponentPropertyType
public @interface Status {

    int[] value();
}
