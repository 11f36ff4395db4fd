package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The filters that an {@link HttpHandler} must not be called without, each by its {@link Name}: the service property
 * {@code requires}. A request that has not passed such a filter on its way to this handler gets 503 with
 * {@code Retry-After}, and the server's status names the missing filter.
 *
 * <pre>
 *   &#64;Component
 *   &#64;Path("/accounts/*")
 *   &#64;Requires("auth")
 *   public final class Accounts implements HttpHandler { ... }
 * </pre>
 */
@ComponentPropertyType
public @interface Requires {

    String[] value();
}
