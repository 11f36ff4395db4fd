package org.pollux.http.files;

/** The compression of a sibling file; the best one comes first. */
enum Coding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz");

    /** The name in {@code Content-Encoding} (RFC 9110, section 8.4.1; RFC 7932). */
    final String token;

    /** The ending of the sibling's name. */
    final String suffix;

    Coding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }
}
