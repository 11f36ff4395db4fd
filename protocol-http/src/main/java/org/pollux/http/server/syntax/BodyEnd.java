package org.pollux.http.server.syntax;

/** How it is seen where the body of a request ends. */
public enum BodyEnd {
    /** Behind so many octets. */
    LENGTH,
    /** In its octets, which are chunks (RFC 9112, section 7.1). */
    CHUNKS,
    /** The wire tells: its frames have an end of their own (RFC 9113, section 8.1). */
    TOLD
}
