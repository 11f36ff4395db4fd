package org.pollux.servlet.exchange;

import java.net.InetSocketAddress;
import org.pollux.http.Request;

/**
 * The host and the port that the client has named.
 *
 * @param prefix of an absolute URL: {@code https://host:8443}
 */
record Authority(String host, int port, String prefix) {

    static Authority of(Request request) {
        int standard = request.scheme().equals("https") ? 443 : 80;
        String named = request.authority();
        if (named.isEmpty() && request.local() instanceof InetSocketAddress local) { // HTTP/1.0
            named = local.getHostString() + ':' + local.getPort();
        }
        int colon = named.lastIndexOf(':');
        boolean hasPort = colon > named.lastIndexOf(']') && colon + 1 < named.length();
        String host = colon > named.lastIndexOf(']') ? named.substring(0, colon) : named;
        int port = hasPort ? Integer.parseInt(named, colon + 1, named.length(), 10) : standard;
        String prefix = request.scheme() + "://" + host + (port == standard ? "" : ":" + port);
        return new Authority(host, port, prefix);
    }
}
