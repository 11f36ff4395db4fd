package org.pollux.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;

/**
 * Where a request goes in a container.
 *
 * @param path in its context, decoded
 * @param uri the same with the context path, as a client would send it
 * @param query empty if it stays that of the request
 */
record Target(String path, String uri, Optional<String> query) {

    /**
     * The target of a dispatch.
     *
     * @param context the context path of the container
     * @param text a path as in a URI, with the context path, with or without a query
     * @throws IllegalArgumentException when the path is outside of the container, or malformed
     */
    static Target of(String context, String text) {
        int query = text.indexOf('?');
        String uri = query < 0 ? text : text.substring(0, query);
        if (!uri.startsWith(context + "/")) {
            throw new IllegalArgumentException("The path '" + uri + "' has to begin with '" + context + "/'");
        }
        return new Target(
                decoded(uri.substring(context.length())),
                uri,
                query < 0 ? Optional.empty() : Optional.of(text.substring(query + 1)));
    }

    private static String decoded(String uri) {
        try {
            return URLDecoder.decode(uri.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The path '" + uri + "' has a malformed percent-encoding", e);
        }
    }
}
