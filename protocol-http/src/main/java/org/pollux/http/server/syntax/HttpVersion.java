package org.pollux.http.server.syntax;

/** The version of the protocol in which a request came (RFC 9110, section 2.5). */
public enum HttpVersion {
    HTTP_1_0("HTTP/1.0"),
    /** HTTP/1.1 and later versions of HTTP/1, which are read in the same way. */
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    /** The version as {@link org.pollux.http.Request#version} returns it. */
    @Override
    public String toString() {
        return text;
    }
}
