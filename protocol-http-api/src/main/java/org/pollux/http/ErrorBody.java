package org.pollux.http;

/**
 * The body of a response, as an {@link ErrorPage} writes it.
 *
 * @param type the value of {@code Content-Type}: {@code "application/problem+json"}
 * @param text is sent in UTF-8
 */
public record ErrorBody(String type, String text) {

    /** An HTML page. */
    public static ErrorBody html(String page) {
        return new ErrorBody("text/html; charset=utf-8", page);
    }
}
