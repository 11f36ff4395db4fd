package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Where an {@link HttpHandler} service answers: the service property {@code path}, one or several. Configuration of the
 * component overrides it; one text may list several there, separated by commas.
 *
 * <p>A path is compared, as a whole and case-sensitively, with {@link Request#path}. It is therefore written decoded and
 * normalized: it begins with {@code /}, has no {@code .} or {@code ..} segment, and a character that a URI would encode
 * stands for itself ({@code /räume/grün}). These characters are refused:
 *
 * <ul>
 *   <li>{@code *}, <code>{</code> and <code>}</code>, which are reserved for prefixes ({@code /files/*}) and templates
 *       (<code>/users/{id}</code>);
 *   <li>{@code %}, {@code ?}, {@code #}, {@code \}, the comma and control characters.
 * </ul>
 */
@ComponentPropertyType
public @interface Path {

    String[] value();
}
