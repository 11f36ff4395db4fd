package org.pollux.http.server;

import java.nio.ByteBuffer;

/** The methods of RFC 9110, section 9, with PATCH; case-sensitive. */
enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    CONNECT,
    OPTIONS,
    TRACE,
    PATCH,
    /** One that this server does not know. */
    UNKNOWN;

    private static final Method[] KNOWN = {GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH};

    static Method of(ByteBuffer in, int from, int to) {
        for (Method method : KNOWN) {
            if (Octets.equals(in, from, to, method.name())) {
                return method;
            }
        }
        return UNKNOWN;
    }

    /** Whether handlers are offered it. */
    boolean isServed() {
        return this == GET || this == HEAD;
    }

    /** Whether this server can do it for any resource at all. */
    boolean isImplemented() {
        return this != UNKNOWN && this != CONNECT;
    }
}
