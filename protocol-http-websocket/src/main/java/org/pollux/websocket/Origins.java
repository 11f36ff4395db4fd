package org.pollux.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pollux.http.Request;

/**
 * Which pages may connect (RFC 6455, section 10.2): those of the same host and port, and those that are listed. Browsers send
 * cookies with every handshake, so a foreign page could speak in the name of a user. The scheme is not compared, because a
 * proxy may have taken TLS off. Only browsers send an origin; other clients are allowed.
 *
 * @param listed in lower case; {@code *} for all
 */
record Origins(Set<String> listed) {

    boolean allow(Request request) {
        List<String> origins = request.headers().all("Origin");
        if (origins.isEmpty() || listed.contains("*")) {
            return true;
        }
        String origin = origins.getFirst().toLowerCase(Locale.ROOT);
        return origins.size() == 1 && (listed.contains(origin) || isOwn(origin, request));
    }

    private static boolean isOwn(String origin, Request request) {
        int host = origin.indexOf("://");
        return host > 0
                && withoutDefaultPort(origin.substring(host + 3))
                        .equals(withoutDefaultPort(request.authority().toLowerCase(Locale.ROOT)));
    }

    private static String withoutDefaultPort(String authority) {
        return authority.replaceFirst(":(80|443)$", "");
    }
}
