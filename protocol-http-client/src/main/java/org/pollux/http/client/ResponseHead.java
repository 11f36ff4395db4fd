package org.pollux.http.client;

import org.pollux.http.Headers;

/**
 * The head of an answer.
 *
 * @param url who answered: after redirects another URL than was asked for
 * @param status three digits, not 1xx; those beyond 599 and below 100 are invalid, and {@linkplain #isServerError treated}
 *     like 5xx (RFC 9110, section 15)
 * @param reason what stands behind the status, maybe nothing
 * @param headers as they came; valid for ever
 */
public record ResponseHead(Url url, int status, String reason, Headers headers) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the status is 5xx, or none that there is. */
    public boolean isServerError() {
        return status >= 500 || status < 100;
    }
}
