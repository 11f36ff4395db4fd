package org.pollux.http;

/** Checks redirects. */
final class Redirects {

    /** The characters of a URI beside letters and digits (RFC 3986, section 2). */
    private static final String OTHERS = "-._~:/?#[]@!$&'()*+,;=%";

    private Redirects() {}

    static void require(int status, String location) {
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
            throw new IllegalArgumentException(
                    "The status of a redirect is 301, 302, 303, 307 or 308, but this is " + status);
        }
        int bad = firstForbidden(location);
        if (bad >= 0) {
            throw new IllegalArgumentException(String.format(
                    "U+%04X is not allowed in a URI, at place %d: encode it", (int) location.charAt(bad), bad));
        }
    }

    /** Whether no client takes it for a place on another host. A backslash, which browsers take for a slash, is forbidden. */
    static boolean isLocal(String location) {
        return location.startsWith("/") && !location.startsWith("//") && firstForbidden(location) < 0;
    }

    private static int firstForbidden(String location) {
        for (int i = 0; i < location.length(); i++) {
            char c = location.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && OTHERS.indexOf(c) < 0) {
                return i;
            }
        }
        return -1;
    }
}
