package org.pollux.servlet.exchange;

import java.net.InetSocketAddress;
import org.pollux.http.Request;

/**
 * The host and the port that the client has named.
 *
 * @param prefix of an absolute URL: {@code https://host:8443}
 */
record Authority(String host, int port, String prefix) {

    /** What the client has named, and otherwise the address of the server. */
    static String named(Request request) {
        String named = request.authority();
        return named.isEmpty() && request.local() instanceof InetSocketAddress local // HTTP/1.0
                ? local.getHostString() + ':' + local.getPort()
                : named;
    }

    static Authority of(String named, String scheme) {
        int standard = scheme.equals("https") ? 443 : 80;
        int colon = named.lastIndexOf(':');
        boolean hasPort = colon > named.lastIndexOf(']') && colon + 1 < named.length();
        String host = colon > named.lastIndexOf(']') ? named.substring(0, colon) : named;
        int port = hasPort ? Integer.parseInt(named, colon + 1, named.length(), 10) : standard;
        String prefix = scheme + "://" + host + (port == standard ? "" : ":" + port);
        return new Authority(host, port, prefix);
    }
}
