package org.pollux.http.client;

import java.util.List;

/**
 * The versions of HTTP that a client speaks. By https the server chooses among those that the client offers by ALPN; by http
 * nothing can be negotiated.
 */
public enum HttpVersions {
    /** By https HTTP/2 where the server speaks it, otherwise HTTP/1.1. By http HTTP/1.1. */
    NEGOTIATED,
    /** HTTP/1.1 alone. */
    HTTP_1_1,
    /** By https HTTP/2 alone: a server that does not speak it is a failure. By http HTTP/1.1. */
    HTTP_2,
    /** HTTP/2 alone, also by http, where a server that does not speak it cannot say so before the first request. */
    HTTP_2_PRIOR_KNOWLEDGE;

    /** The names that are offered by ALPN, the preferred one first. */
    public List<String> alpn() {
        return switch (this) {
            case NEGOTIATED -> List.of("h2", "http/1.1");
            case HTTP_1_1 -> List.of("http/1.1");
            case HTTP_2, HTTP_2_PRIOR_KNOWLEDGE -> List.of("h2");
        };
    }
}
