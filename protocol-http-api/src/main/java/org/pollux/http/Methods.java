package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The methods for which an {@link HttpHandler} is called: the service property {@code methods}, one or several,
 * case-sensitive (RFC 9110, section 9). Without it they are GET and HEAD. Configuration of the component overrides it.
 *
 * <ul>
 *   <li>GET includes HEAD: a handler responds to it as to GET, and the server omits the body.
 *   <li>The server responds to OPTIONS with the methods of the path, unless a handler lists it.
 *   <li>Any other token is allowed, also a non-standard one.
 *   <li>{@code *} means all methods that are registered for HTTP, except CONNECT and TRACE. No handler is called for
 *       CONNECT.
 * </ul>
 *
 * <p>A path may have several handlers, each for methods of its own. The server responds to a method that none of them lists
 * with 405 and the field {@code Allow}, and to one that is not registered with 501.
 */
@ComponentPropertyType
public @interface Methods {

    String[] value();
}
