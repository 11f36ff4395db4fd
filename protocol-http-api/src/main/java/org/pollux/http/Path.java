package org.pollux.http;

import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The path at which an {@link HttpHandler} responds, or of the requests that an {@link HttpFilter} or an
 * {@link ErrorPage} sees: the service property {@code path}, one or several. Configuration of the component overrides
 * it; one text may list several there, separated by commas.
 *
 * <ul>
 *   <li>exact: {@code /users} is only this path.
 *   <li>prefix: <code>/files/*</code> is {@code /files}, {@code /files/}, and everything below; <code>/*</code> is
 *       every path. The asterisk is allowed at the end only.
 *   <li>template: <code>/users/{id}</code> is {@code /users/} and one segment, not empty, which
 *       {@link Request#parameter} returns. Both may be combined: <code>/users/{id}/*</code>.
 * </ul>
 *
 * <p>When several paths match, the most specific one wins: segment by segment from the left, a text comes before a parameter,
 * and both before an asterisk. Among handlers of one path the one with the highest {@code service.ranking} is called.
 *
 * <p>A path is compared, case-sensitively, with {@link Request#path}. It is therefore written decoded and normalized:
 * it begins with {@code /}, has no {@code .} or {@code ..} segment, and a character that a URI would encode is written
 * as itself ({@code /räume/grün}). These characters are refused: {@code %}, {@code ?}, {@code #}, {@code \}, the comma
 * and control characters.
 */
@Requirement(namespace = "osgi.implementation", name = "org.pollux.http", effective = "active")
@ComponentPropertyType
public @interface Path {

    String[] value();
}
