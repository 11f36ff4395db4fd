package org.pollux.http.client;

import org.pollux.http.Headers;

/**
 * The head of a response.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; read a head through its methods, not with a
 * record pattern.
 *
 * @param url the URL that responded; after redirects it differs from the request's URL
 * @param version of HTTP: {@code "HTTP/1.0"}, {@code "HTTP/1.1"} or {@code "HTTP/2"}
 * @param status three digits, and 1xx only for {@link HttpResponseHandler#onInterim}; values above 599 and below 100 are
 *     invalid, and are {@linkplain #isServerError treated} like 5xx (RFC 9110, section 15)
 * @param reason the text after the status; it may be empty, and always is in HTTP/2
 * @param headers as they came; they remain valid after the callback
 */
public record HttpResponseHead(Url url, String version, int status, String reason, Headers headers) {

    /** A head of HTTP/1.1. */
    public HttpResponseHead(Url url, int status, String reason, Headers headers) {
        this(url, "HTTP/1.1", status, reason, headers);
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the status is 5xx or invalid. */
    public boolean isServerError() {
        return status >= 500 || status < 100;
    }
}
