package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Which methods an {@link HttpHandler} is offered: the service property {@code methods}, one or several, case-sensitive
 * (RFC 9110, section 9). Without it they are GET and HEAD. Configuration of the component overrides it.
 *
 * <ul>
 *   <li>GET includes HEAD: a handler responds to it as to GET, and the server leaves the body out.
 *   <li>The server responds to OPTIONS with the methods that there are, unless a handler lists it.
 *   <li>Any other token is offered as well, also a non-standard one.
 *   <li>{@code *} stands for all methods that are registered for HTTP, but CONNECT and TRACE. CONNECT is never offered.
 * </ul>
 *
 * <p>A path may have several handlers, each for methods of its own. The server responds to a method that none of them lists
 * with 405 and the field {@code Allow}, and to one that is not registered with 501.
 */
@ComponentPropertyType
public @interface Methods {

    String[] value();
}
