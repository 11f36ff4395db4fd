package org.pollux.http.files;

import java.nio.charset.StandardCharsets;
import org.pollux.http.Request;

/** What {@code Location} says: a path or a URI, encoded (RFC 9110, section 10.2.2). */
final class Redirection {

    /** What may stand in a path as it is, beside letters and digits (RFC 3986, section 3.3). */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    private Redirection() {}

    /** The path that was asked for with a slash at its end, so that links in a folder's index file lead into it. */
    static String toFolder(Request request) {
        return onThisHost(encoded(request.path() + '/')) + query(request);
    }

    /** What stands in the place of the asterisk of the handler's path, below another path or URI. */
    static String below(String target, Request request) {
        String rest = request.parameter("*");
        String separator = rest.isEmpty() || target.endsWith("/") ? "" : "/";
        return onThisHost(target + separator + encoded(rest)) + query(request);
    }

    private static String query(Request request) {
        return request.query().map(text -> '?' + text).orElse("");
    }

    /** Two slashes would begin a host, which the client has chosen. */
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
