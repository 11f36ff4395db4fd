package org.pollux.reactor.admin;

import java.util.List;

/**
 * A path of a protocol with its handler.
 *
 * @param path the pattern: {@code /users/{id}}
 * @param methods the methods that it takes; {@code *} is all of them
 * @param hosts the hosts that it is for; empty for all
 * @param bundle the symbolic name of the handler's bundle
 * @param handler the name of the handler's component, or of its class
 * @param filters the names of the filters that its requests may pass, the first one is the first to see them
 * @param blocking whether the handler is called on a thread of its own, because it may block
 * @param waiting whether the handler's service is away: requests wait for its successor, or get 503
 */
public record ServedPath(
        String path,
        List<String> methods,
        List<String> hosts,
        String bundle,
        String handler,
        List<String> filters,
        boolean blocking,
        boolean waiting) {

    public ServedPath {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
        filters = List.copyOf(filters);
    }
}
