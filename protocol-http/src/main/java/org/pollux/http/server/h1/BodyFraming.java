package org.pollux.http.server.h1;

import org.pollux.http.server.exchange.OutgoingResponse;

/** How a client sees where the body of a response ends (RFC 9112, section 6.3). */
enum BodyFraming {
    /** There is none, whatever is written: the response is to HEAD, or its status has none. */
    NONE,
    LENGTH,
    CHUNKED,
    /** The connection ends with it. */
    UNTIL_CLOSE;

    /** That of a response whose body comes in pieces; a length of -1 is not known. */
    static BodyFraming of(OutgoingResponse response, long length) {
        if (response.isBodyless()) {
            return NONE;
        }
        if (length >= 0) {
            return LENGTH;
        }
        return response.isOld() ? UNTIL_CLOSE : CHUNKED;
    }
}
