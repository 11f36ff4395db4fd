package org.pollux.http;

/**
 * A header field line (RFC 9110, section 5).
 *
 * @param name as it was sent, over HTTP/2 in lower case; names are equal without regard to case
 * @param value without the whitespace around it; one char for each byte, as in ISO-8859-1
 */
public record Header(String name, String value) {

    /**
     * Whether the value shows one server who the client is: {@code Authorization}, {@code Proxy-Authorization} or {@code Cookie}. It is
     * not for another host (RFC 9110, section 15.4) and not for a log.
     */
    public boolean isCredential() {
        return name.equalsIgnoreCase("Authorization")
                || name.equalsIgnoreCase("Proxy-Authorization")
                || name.equalsIgnoreCase("Cookie");
    }
}
