package org.pollux.http.server.h1;

import org.pollux.http.server.exchange.OutgoingResponse;

/** How a client sees where the body of a response ends (RFC 9112, section 6.3). */
enum BodyFraming {
    /** The response has no body, even if bytes are written: it is a response to HEAD, or its status excludes a body. */
    NONE,
    LENGTH,
    CHUNKED,
    /** The connection ends with it. */
    UNTIL_CLOSE;

    /** The framing of a response whose body comes in pieces. A length of -1 means that the length is unknown. */
    static BodyFraming of(OutgoingResponse response, long length) {
        if (response.isUpgrade()) {
            return UNTIL_CLOSE;
        }
        if (response.isBodyless()) {
            return NONE;
        }
        if (length >= 0) {
            return LENGTH;
        }
        return response.isOld() ? UNTIL_CLOSE : CHUNKED;
    }
}
