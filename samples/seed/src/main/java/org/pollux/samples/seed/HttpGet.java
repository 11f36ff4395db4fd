package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;

/**
 * The part of HTTP that the downloaders need. With version 1.0, the server ends its response by closing the connection.
 */
final class HttpGet {

    private HttpGet() {}

    static int port(URI url) {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    static ByteBuffer request(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return UTF_8.encode("GET " + path + query + " HTTP/1.0\r\nHost: " + url.getRawAuthority() + "\r\n\r\n");
    }
}
