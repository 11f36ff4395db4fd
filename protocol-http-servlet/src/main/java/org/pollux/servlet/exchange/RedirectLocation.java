package org.pollux.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where a redirect leads (Servlet 6.1, {@code HttpServletResponse.sendRedirect}). */
final class RedirectLocation {

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private RedirectLocation() {}

    /** Of a location that is absolute, or relative to the scheme, the host or the path of a request (RFC 3986, section 5.2). */
    static String absolute(String location, HttpServletRequest request) {
        if (ABSOLUTE.matcher(location).matches()) {
            return location;
        }
        if (location.startsWith("//")) {
            return request.getScheme() + ':' + location;
        }
        String url = request.getRequestURL().toString();
        if (location.startsWith("/")) {
            return url.substring(0, url.length() - request.getRequestURI().length()) + location;
        }
        if (location.startsWith("?")) {
            return url + location;
        }
        if (location.isEmpty() || location.startsWith("#")) {
            String query = request.getQueryString();
            return url + (query == null ? "" : "?" + query) + location;
        }
        return url.substring(0, url.lastIndexOf('/') + 1) + location;
    }

    /** Only ASCII is allowed in a URI (RFC 3986). */
    static String encoded(String location) {
        StringBuilder text = new StringBuilder();
        for (byte octet : location.getBytes(UTF_8)) {
            if (octet > ' ') {
                text.append((char) octet);
            } else {
                text.append(String.format("%%%02X", octet));
            }
        }
        return text.toString();
    }
}
