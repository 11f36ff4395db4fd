package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The hosts that an {@link HttpHandler}, {@link HttpFilter} or {@link ErrorPage} serves: the service property
 * {@code host}, one or several, without a port and without regard to case ({@code example.org}, {@code [::1]}). Without
 * it, all hosts are served.
 *
 * <p>Handlers of the request's host come before those without a host, whatever their paths are. The host is that of the
 * request target if it has one, otherwise that of the field {@code Host} (RFC 9112, section 3.3).
 */
@ComponentPropertyType
public @interface Host {

    String[] value();
}
