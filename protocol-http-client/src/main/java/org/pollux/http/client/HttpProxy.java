package org.pollux.http.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A proxy that speaks HTTP (RFC 9110, sections 3.7 and 9.3.6). Its user and password are sent to it alone, and are in no message.
 *
 * @param host in lower case; an IPv6 address without its brackets
 * @param credentials {@code USER:PASSWORD}; empty when the proxy asks for none
 */
public record HttpProxy(String host, int port, Optional<String> credentials) {

    /**
     * The proxy with that URL, as in {@code http://user:password@proxy.example:3128}. The scheme may be left out, and the port is
     * 80 then. User and password are percent-encoded where they have signs of a URL.
     *
     * @throws IllegalArgumentException describing the fault, without user and password
     */
    public static HttpProxy parse(String text) {
        String url = text.contains("://") ? text : "http://" + text;
        int from = url.indexOf("://") + 3;
        int slash = url.indexOf('/', from);
        int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
        Optional<String> credentials = at < from ? Optional.empty() : Optional.of(decoded(url.substring(from, at)));
        Url place;
        try {
            place = Url.parse(url.substring(0, from) + url.substring(Math.max(from, at + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a proxy: " + e.getMessage(), e);
        }
        if (!place.scheme().equals("http")) {
            throw new IllegalArgumentException(
                    "not a proxy: '" + place + "': only proxies that are reached by http are supported");
        }
        return new HttpProxy(place.host(), place.port(), credentials);
    }

    private static String decoded(String userInfo) {
        try {
            return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a proxy: its user or password is not percent-encoded well");
        }
    }

    /** The value of {@code Proxy-Authorization} (RFC 7617); empty without credentials. */
    public Optional<String> authorization() {
        return credentials.map(
                pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Its host and port alone. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
