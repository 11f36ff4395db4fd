package org.pollux.http.client;

import org.pollux.http.Headers;

/**
 * The head of an answer.
 *
 * @param url who answered: after redirects another URL than was asked for
 * @param status from 200 to 599
 * @param reason what stands behind the status, maybe nothing
 * @param headers as they came; valid for ever
 */
public record ResponseHead(Url url, int status, String reason, Headers headers) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
