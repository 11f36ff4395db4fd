package org.pollux.http.files;

/** How a sibling of a file is compressed, the best one first. */
enum Coding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz");

    /** As {@code Content-Encoding} names it (RFC 9110, section 8.4.1; RFC 7932). */
    final String token;

    /** What the sibling's name ends in. */
    final String suffix;

    Coding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }
}
