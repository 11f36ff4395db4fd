package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * For which hosts an {@link HttpHandler}, {@link HttpFilter} or {@link ErrorPage} is there: the service property {@code
 * host}, one or several, without a port and without regard to case ({@code example.org}, {@code [::1]}). Without it, it is
 * there for all.
 *
 * <p>Handlers of the request's host come before those without a host, whatever their paths are. The host is that of the
 * request target where it has one, else of the field {@code Host} (RFC 9112, section 3.3).
 */
@ComponentPropertyType
public @interface Host {

    String[] value();
}
