package org.pollux.http.server.syntax;

/** How the end of a request's body is found. */
public enum BodyEnd {
    /** After a known number of octets. */
    LENGTH,
    /** Within its octets, which are chunks (RFC 9112, section 7.1). */
    CHUNKS,
    /** The wire reports it: its frames have an end of their own (RFC 9113, section 8.1). */
    TOLD
}
