package org.pollux.http.files;

import java.nio.charset.StandardCharsets;
import org.pollux.http.Request;

/** The value of {@code Location}: a path or a URI, percent-encoded (RFC 9110, section 10.2.2). */
final class Redirection {

    /** Characters of a path that need no encoding, besides letters and digits (RFC 3986, section 3.3). */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    private Redirection() {}

    /** The requested path with a slash at its end, so that relative links in a folder's index file work. */
    static String toFolder(Request request) {
        return onThisHost(encoded(request.path() + '/')) + query(request);
    }

    /** The part of the path that matched the asterisk of the handler's path, below another path or URI. */
    static String below(String target, Request request) {
        String rest = request.parameter("*");
        String separator = rest.isEmpty() || target.endsWith("/") ? "" : "/";
        return onThisHost(target + separator + encoded(rest)) + query(request);
    }

    private static String query(Request request) {
        return request.query().map(text -> '?' + text).orElse("");
    }

    /** Avoids two leading slashes, because they would begin a host that the client has chosen. */
    private static String onThisHost(String path) {
        return path.startsWith("//") ? "/." + path : path;
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
