package org.pollux.http.files;

import java.nio.charset.StandardCharsets;
import org.pollux.http.Request;

/** Where a folder is that was asked for without the slash at its end, so that links in its index file lead into it. */
final class Redirection {

    /** What may stand in a path as it is, beside letters and digits (RFC 3986, section 3.3). */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    private Redirection() {}

    /** As {@code Location} has it: a path, which leads to no other host. */
    static String toFolder(Request request) {
        String path = encoded(request.path() + '/');
        String query = request.query().map(text -> '?' + text).orElse("");
        return (path.startsWith("//") ? "/." : "") + path + query; // two slashes would begin a host
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
