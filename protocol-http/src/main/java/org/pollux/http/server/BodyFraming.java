package org.pollux.http.server;

/** How a client sees where the body of an answer ends (RFC 9112, section 6.3). */
enum BodyFraming {
    /** There is none: the answer is to HEAD. */
    NONE,
    LENGTH,
    CHUNKED,
    /** The connection ends with it. */
    UNTIL_CLOSE
}
